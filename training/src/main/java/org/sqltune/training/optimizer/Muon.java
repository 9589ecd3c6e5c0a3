package org.sqltune.training.optimizer;

import java.util.ArrayList;
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
 * Muon (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon): momentum that is orthogonalised before it is
 * applied. It trains the matrices inside the layers; AdamW trains embedding, head, norms and biases. From random
 * weights it needs far fewer tokens than AdamW alone.
 */
final class Muon implements Optimizer {
    private static final double MOMENTUM = 0.95;

    private final Torch torch;
    private final OptimizerScript script;
    private final OptimizerSettings settings;
    private final List<Parameter> parameters;
    private final List<Integer> inner = new ArrayList<>();
    private final List<Integer> others = new ArrayList<>();
    private final List<Tensor> momenta = new ArrayList<>();
    private final TensorScope scope;
    private final AdamW rest;

    Muon(Torch torch, OptimizerSettings settings, List<Parameter> parameters) {
        this.torch = torch;
        this.script = new OptimizerScript(torch);
        this.settings = settings;
        this.parameters = parameters;
        this.scope = torch.scope();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            if (isInnerMatrix(parameter)) {
                inner.add(i);
                momenta.add(torch.zeros(
                        scope, ElementType.FLOAT32, parameter.master().shape()));
            } else {
                others.add(i);
            }
        }
        this.rest = new AdamW(torch, settings, pick(parameters, others));
    }

    private static boolean isInnerMatrix(Parameter parameter) {
        return parameter.master().shape().length == 2 && parameter.name().contains(".layers.");
    }

    private static <T> List<T> pick(List<T> all, List<Integer> indices) {
        return indices.stream().map(all::get).toList();
    }

    @Override
    public void step(List<Tensor> gradients, double gradientScale, double learningRate) {
        double share = learningRate / settings.learningRate();
        List<Parameter> matrices = pick(parameters, inner);
        script.muon(
                matrices.stream().map(Parameter::master).toList(),
                pick(gradients, inner),
                momenta,
                gradientScale,
                settings.muonLearningRate() * share,
                MOMENTUM,
                settings.weightDecay());
        matrices.forEach(parameter -> parameter.refresh(torch));
        rest.step(pick(gradients, others), gradientScale, learningRate);
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (int i = 0; i < inner.size(); i++) {
            state.put("momentum." + parameters.get(inner.get(i)).name(), momenta.get(i));
        }
        state.putAll(rest.state());
        return state;
    }

    @Override
    public void restore(SafetensorsReader saved, long stepsDone, Restoration how) {
        for (int i = 0; i < inner.size(); i++) {
            String name = "momentum." + parameters.get(inner.get(i)).name();
            Tensor momentum = momenta.get(i);
            if (!how.takes(saved, name, momentum.shape())) {
                continue;
            }
            try (TensorScope temporary = torch.scope()) {
                torch.assign(momentum, saved.read(temporary, name, ElementType.FLOAT32, momentum.shape()));
            }
        }
        rest.restore(saved, stepsDone, how);
    }

    @Override
    public void close() {
        rest.close();
        scope.close();
    }
}
