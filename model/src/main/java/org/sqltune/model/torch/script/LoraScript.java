package org.sqltune.model.torch.script;

import java.util.List;
import org.sqltune.model.torch.ScriptModule;
import org.sqltune.model.torch.ScriptSource;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * The functions of {@code lora.py}: what becomes of weights under low-rank updates. Everything is computed in fp32, whatever
 * the weights' type. Thread-safe.
 *
 * <p>Axes: weight [out, in], A [r, in], B [out, r]; the update is {@code scale · B A}.
 */
public final class LoraScript {
    private static final ScriptSource SOURCE = ScriptSource.of("lora");

    private final ScriptModule script;

    /** @param torch where to compute */
    public LoraScript(Torch torch) {
        this.script = torch.module(SOURCE);
    }

    /**
     * The factors of a low-rank update.
     *
     * @param a [r, in]
     * @param b [out, r]
     */
    public record Factors(Tensor a, Tensor b) {
        private static Factors of(List<Tensor> both) {
            return new Factors(both.get(0), both.get(1));
        }
    }

    /**
     * The two updates whose difference one update of twice the rank is.
     *
     * @param now what is added
     * @param before what is taken away
     */
    public record Difference(Factors now, Factors before) {}

    /** {@code weight + scale · B A}, in the weight's type. */
    public Tensor merge(TensorScope scope, Tensor weight, Factors factors, double scale) {
        return script.tensor(scope, "merge", weight, factors.a(), factors.b(), scale);
    }

    /** As {@link #merge}, with every row stretched to its magnitude [out] (DoRA, arXiv:2402.09353). */
    public Tensor mergeDecomposed(TensorScope scope, Tensor weight, Factors factors, double scale, Tensor magnitude) {
        return script.tensor(scope, "merge_decomposed", weight, factors.a(), factors.b(), scale, magnitude);
    }

    /** Writes {@code weight - scale · B A} into {@code target} [out, in], in the target's type. */
    public void residual(Tensor weight, Factors factors, double scale, Tensor target) {
        script.run("residual", weight, factors.a(), factors.b(), scale, target);
    }

    /** Writes the norms of the rows of {@code weight + scale · B A} into {@code target}, fp32 [out]. */
    public void rowNorms(Tensor weight, Factors factors, double scale, Tensor target) {
        script.run("row_norms", weight, factors.a(), factors.b(), scale, target);
    }

    /** The weight's {@code rank} largest principal components (PiSSA, arXiv:2404.02948), by an exact decomposition. */
    public Factors principal(TensorScope scope, Tensor weight, int rank, double scale) {
        return Factors.of(script.tensors(scope, "principal", weight, rank, scale));
    }

    /**
     * As {@link #principal}, nearly and fast (Halko et al., arXiv:0909.4061).
     *
     * @param random normally distributed numbers [in, r]
     * @param iterations power iterations
     */
    public Factors principalNearly(TensorScope scope, Tensor weight, Tensor random, int iterations, double scale) {
        return Factors.of(script.tensors(scope, "principal_nearly", weight, random, iterations, scale));
    }

    /** The difference of two updates as one update of twice the rank. */
    public Factors difference(TensorScope scope, Difference updates) {
        return Factors.of(script.tensors(
                scope,
                "difference",
                updates.now().a(),
                updates.now().b(),
                updates.before().a(),
                updates.before().b()));
    }

    /** The inverse of {@link #difference}, bit for bit. */
    public Difference differenceParts(TensorScope scope, Factors difference) {
        List<Tensor> parts = script.tensors(scope, "difference_parts", difference.a(), difference.b());
        return new Difference(Factors.of(parts.subList(0, 2)), Factors.of(parts.subList(2, 4)));
    }
}
