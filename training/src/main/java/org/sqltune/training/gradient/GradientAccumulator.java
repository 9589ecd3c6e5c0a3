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

/** Sums gradients in fp32, one sum per parameter. */
public final class GradientAccumulator implements AutoCloseable {
    private final Torch torch;
    private final OptimizerScript script;
    private final TensorScope scope;
    private final List<Tensor> sums = new ArrayList<>();
    private final Map<Parameter, Tensor> byParameter = new HashMap<>();

    /** @param parameters the trained parameters */
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

    /** Adds one gradient to the sum of each parameter. */
    void add(List<Parameter> parameters, List<Tensor> gradients) {
        if (!parameters.isEmpty()) {
            script.accumulate(parameters.stream().map(this::sumOf).toList(), gradients);
        }
    }

    /** Adds row t of a gradient [T, E] to row ids[t] of an embedding's sum [V, E]. */
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

    /** Returns the sums in the order of the parameters. */
    public List<Tensor> sums() {
        return sums;
    }

    /** Returns the L2 norm of all gradients as one vector. */
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
