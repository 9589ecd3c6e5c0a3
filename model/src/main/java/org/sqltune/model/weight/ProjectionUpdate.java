package org.sqltune.model.weight;

import java.util.Map;
import java.util.function.Supplier;
import org.sqltune.model.torch.Tensor;

/** What is attached to a linear layer from outside. */
public sealed interface ProjectionUpdate permits ProjectionUpdate.LowRank, ProjectionUpdate.Residual, DecomposedUpdate {
    /** The weight that the linear layer computes with while this is attached: its own, or one in its place. */
    default Tensor weight(Tensor own) {
        return own;
    }

    /**
     * Its tensors by their names in {@code decoder/adapter.py}.
     *
     * @param weight gives the linear layer's own weight, [out, in], if it is asked
     */
    Map<String, Tensor> tensors(Supplier<Tensor> weight);

    /**
     * Something added to a linear layer: {@code y += scale · B (A x)} (LoRA: Hu et al., arXiv:2106.09685).
     *
     * @param a [r, in], in the decoder's element type
     * @param b [out, r], likewise
     * @param scale a single fp32 number
     */
    record LowRank(Tensor a, Tensor b, Tensor scale) implements ProjectionUpdate {
        @Override
        public Map<String, Tensor> tensors(Supplier<Tensor> weight) {
            return Map.of("lora_A", a, "lora_B", b, "scale", scale);
        }
    }

    /**
     * A low-rank update that took over a part of the weight (PiSSA: Meng et al., arXiv:2404.02948), so that the linear layer
     * computes with the rest of it.
     *
     * @param update what is added
     * @param residual the weight without that part, [out, in], in the decoder's element type
     */
    record Residual(LowRank update, Tensor residual) implements ProjectionUpdate {
        @Override
        public Tensor weight(Tensor own) {
            return residual;
        }

        @Override
        public Map<String, Tensor> tensors(Supplier<Tensor> weight) {
            return update.tensors(weight);
        }
    }
}
