package org.sqltune.model.weight;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.LoraScript;
import org.sqltune.model.torch.script.LoraScript.Factors;

/**
 * A low-rank update of a weight whose rows' lengths are learned apart from their directions (DoRA: Liu et al.,
 * arXiv:2402.09353): {@code y = magnitude / ‖W + scale · B A‖ · (W + scale · B A) x}, norms taken of each row.
 *
 * <p>The norms take no part in the gradient (section 4.3 there), so they only change when the numbers do: they are
 * computed when they are needed and kept until {@link #changed}.
 */
public final class DecomposedUpdate implements ProjectionUpdate {
    private final LoraScript script;
    private final ProjectionUpdate.LowRank lowRank;
    private final double scale;
    private final Tensor magnitude;
    private final Tensor norms;
    private boolean stale = true;

    /**
     * @param owner owns the norms
     * @param lowRank A, B and their scale
     * @param scale the same scale
     * @param magnitude the rows' lengths, fp32 [out]
     */
    public DecomposedUpdate(
            Torch torch, TensorScope owner, ProjectionUpdate.LowRank lowRank, double scale, Tensor magnitude) {
        this.script = new LoraScript(torch);
        this.lowRank = lowRank;
        this.scale = scale;
        this.magnitude = magnitude;
        this.norms = torch.zeros(owner, ElementType.FLOAT32, magnitude.count());
    }

    /** To be called whenever A, B or the weight changed. */
    public synchronized void changed() {
        stale = true;
    }

    @Override
    public synchronized Map<String, Tensor> tensors(Supplier<Tensor> weight) {
        if (stale) {
            script.rowNorms(weight.get(), new Factors(lowRank.a(), lowRank.b()), scale, norms);
            stale = false;
        }
        Map<String, Tensor> tensors = new HashMap<>(lowRank.tensors(weight));
        tensors.put("magnitude", magnitude);
        tensors.put("norms", norms);
        return tensors;
    }
}
