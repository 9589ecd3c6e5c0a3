package org.sqltune.training.gradient;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.OptimizerScript;
import org.sqltune.model.weight.Parameter;

/** Sums of gradients in fp32, one for each parameter. */
public final class GradientAccumulator implements AutoCloseable {
    private final Torch torch;
    private final OptimizerScript script;
    private final TensorScope scope;
    private final List<Tensor> sums = new ArrayList<>();
    private final Map<Parameter, Tensor> byParameter = new HashMap<>();

    /** @param parameters what is trained */
    public GradientAccumulator(Torch torch, List<Parameter> parameters) {
        this.torch = torch;
        this.script = new OptimizerScript(torch);
        this.scope = torch.scope();
        for (Parameter parameter : parameters) {
            Tensor sum =
                    torch.zeros(scope, ElementType.FLOAT32, parameter.master().shape());
            sums.add(sum);
            byParameter.put(parameter, sum);
        }
    }

    /** Adds one gradient for each of some parameters. */
    void add(List<Parameter> parameters, List<Tensor> gradients) {
        if (!parameters.isEmpty()) {
            script.accumulate(parameters.stream().map(this::sumOf).toList(), gradients);
        }
    }

    /** Adds the rows of a gradient [T, E] to those of an embedding [V, E] that the ids [T] name. */
    void addRows(Parameter embedding, Tensor ids, Tensor gradient) {
        script.accumulateRows(sumOf(embedding), ids, gradient);
    }

    private Tensor sumOf(Parameter parameter) {
        Tensor sum = byParameter.get(parameter);
        if (sum == null) {
            throw new IllegalArgumentException(parameter.name() + " is not trained");
        }
        return sum;
    }

    /** The sums, in the parameters' order. */
    public List<Tensor> sums() {
        return sums;
    }

    /** Length of all gradients as one vector. */
    public double globalNorm() {
        try (TensorScope temporary = torch.scope()) {
            return script.globalNorm(temporary, sums).toFloats()[0];
        }
    }

    public void clear() {
        script.clear(sums);
    }

    @Override
    public void close() {
        scope.close();
    }
}
