package org.sqltune.training.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.config.settings.OptimizerSettings;
import org.sqltune.model.safetensors.Restoration;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.OptimizerScript;
import org.sqltune.model.weight.Parameter;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, arXiv:1711.05101), with torch's order of operations. Norms
 * and biases have no weight decay; LoRA's B matrices may have a higher learning rate (LoRA+). The moments are part of a
 * checkpoint, so a resumed run continues bit for bit.
 */
public final class AdamW implements Optimizer {
    private final Torch torch;
    private final OptimizerScript script;
    private final OptimizerSettings settings;
    private final List<Parameter> parameters;
    private final List<Tensor> masters;
    private final double[] decay;
    private final double[] rateFactor;
    private final TensorScope scope;
    private final List<Tensor> first = new ArrayList<>();
    private final List<Tensor> second = new ArrayList<>();
    private long steps;

    AdamW(Torch torch, OptimizerSettings settings, List<Parameter> parameters) {
        this.torch = torch;
        this.script = new OptimizerScript(torch);
        this.settings = settings;
        this.parameters = parameters;
        this.masters = parameters.stream().map(Parameter::master).toList();
        this.decay = parameters.stream()
                .mapToDouble(parameter -> decays(parameter) ? settings.weightDecay() : 0)
                .toArray();
        this.rateFactor = parameters.stream()
                .mapToDouble(parameter -> rateFactor(parameter, settings))
                .toArray();
        this.scope = torch.scope();
        for (Tensor master : masters) {
            first.add(torch.zeros(scope, ElementType.FLOAT32, master.shape()));
            second.add(torch.zeros(scope, ElementType.FLOAT32, master.shape()));
        }
    }

    /**
     * Whether weight decay applies to a parameter. Norms and biases are exempt, by the Hugging Face Trainer's name
     * rules.
     */
    public static boolean decays(Parameter parameter) {
        return !parameter.name().endsWith("norm.weight") && !parameter.name().endsWith(".bias");
    }

    /**
     * LoRA+ (Hayou et al., arXiv:2402.12354), with PEFT's parameter groups: B matrices and vectors have the higher
     * learning rate.
     */
    private static double rateFactor(Parameter parameter, OptimizerSettings settings) {
        Double ratio = settings.loraplusLrRatio();
        boolean fast =
                parameter.name().contains(".lora_B.") || parameter.master().shape().length == 1;
        return ratio != null && fast ? ratio : 1;
    }

    @Override
    public void step(List<Tensor> gradients, double gradientScale, double learningRate) {
        steps++;
        script.adamw(
                new OptimizerScript.AdamWState(masters, first, second, decay),
                gradients,
                gradientScale,
                Arrays.stream(rateFactor).map(each -> each * learningRate).toArray(),
                new OptimizerScript.Betas(settings.adamBeta1(), settings.adamBeta2(), settings.adamEpsilon()),
                steps);
        parameters.forEach(parameter -> parameter.refresh(torch));
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            state.put("exp_avg." + parameters.get(i).name(), first.get(i));
            state.put("exp_avg_sq." + parameters.get(i).name(), second.get(i));
        }
        return state;
    }

    @Override
    public void restore(SafetensorsReader saved, long stepsDone, Restoration how) {
        steps = stepsDone;
        state().forEach((name, tensor) -> {
            if (!how.takes(saved, name, tensor.shape())) {
                return;
            }
            try (TensorScope temporary = torch.scope()) {
                torch.assign(tensor, saved.read(temporary, name, ElementType.FLOAT32, tensor.shape()));
            }
        });
    }

    @Override
    public void close() {
        scope.close();
    }
}
