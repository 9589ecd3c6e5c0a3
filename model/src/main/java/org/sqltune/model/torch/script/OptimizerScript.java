package org.sqltune.model.torch.script;

import java.util.List;
import org.sqltune.model.torch.ScriptModule;
import org.sqltune.model.torch.ScriptSource;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * The functions of {@code optimizer.py}: gradients added up and applied, in place and in fp32. Lists of parameters,
 * gradients and moments belong together by their index. Thread-safe for different tensors.
 */
public final class OptimizerScript {
    private static final ScriptSource SOURCE = ScriptSource.of("optimizer");

    private final ScriptModule script;

    /** @param torch where to compute */
    public OptimizerScript(Torch torch) {
        this.script = torch.module(SOURCE);
    }

    /** Adds each gradient to its sum. */
    public void accumulate(List<Tensor> sums, List<Tensor> gradients) {
        script.run("accumulate", sums, gradients);
    }

    /** Adds the rows of {@code gradient} [T, E] to those rows of {@code sum} [V, E] that {@code ids} [T] name. */
    public void accumulateRows(Tensor sum, Tensor ids, Tensor gradient) {
        script.run("accumulate_rows", sum, ids, gradient);
    }

    /** Sets all elements to zero. */
    public void clear(List<Tensor> sums) {
        script.run("clear", sums);
    }

    /** Euclidean norm of all tensors as one vector: a single fp32 number. */
    public Tensor globalNorm(TensorScope scope, List<Tensor> tensors) {
        return script.tensor(scope, "global_norm", tensors);
    }

    /**
     * What AdamW keeps and changes.
     *
     * @param parameters fp32
     * @param first first moments
     * @param second second moments
     * @param decay weight decay of each parameter
     */
    public record AdamWState(List<Tensor> parameters, List<Tensor> first, List<Tensor> second, double[] decay) {}

    /**
     * AdamW's constants.
     *
     * @param beta1 of the first moments
     * @param beta2 of the second moments
     * @param epsilon added to the root of the second moments
     */
    public record Betas(double beta1, double beta2, double epsilon) {}

    /**
     * One step of AdamW (arXiv:1711.05101).
     *
     * @param gradientScale what the gradients are multiplied by first
     * @param learningRates of each parameter
     * @param step counts from 1
     */
    public void adamw(
            AdamWState state,
            List<Tensor> gradients,
            double gradientScale,
            double[] learningRates,
            Betas betas,
            long step) {
        script.run(
                "adamw",
                state.parameters(),
                gradients,
                state.first(),
                state.second(),
                state.decay(),
                gradientScale,
                learningRates,
                betas.beta1(),
                betas.beta2(),
                betas.epsilon(),
                step);
    }

    /**
     * One step of Muon: Nesterov momentum, made orthogonal, scaled by the matrix's shape.
     *
     * @param parameters matrices, fp32
     * @param momenta one for each
     * @param gradientScale what the gradients are multiplied by first
     * @param momentum share of the momentum that stays
     * @param decay weight decay
     */
    public void muon(
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<Tensor> momenta,
            double gradientScale,
            double learningRate,
            double momentum,
            double decay) {
        script.run("muon", parameters, gradients, momenta, gradientScale, learningRate, momentum, decay);
    }

    /** The semi-orthogonal matrix that is nearest to {@code matrix}, roughly. */
    public Tensor orthogonalize(TensorScope scope, Tensor matrix) {
        return script.tensor(scope, "orthogonalize", matrix);
    }
}
