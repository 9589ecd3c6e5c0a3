package org.sqltune.model.lora;

import org.jspecify.annotations.Nullable;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.weight.Projection;

/** Where an adapter's first numbers come from: a file, or an initialisation. */
@FunctionalInterface
interface LoraSource {
    /**
     * The numbers for one linear layer.
     *
     * @param scope owns them
     * @param name the linear layer's name in PEFT's files: {@code base_model.model.model.layers.3.self_attn.q_proj}
     * @param scale what the product B A will be multiplied by
     */
    Values values(TensorScope scope, String name, Projection projection, int rank, double scale);

    /**
     * The numbers.
     *
     * @param a [r, in]
     * @param b [out, r]
     * @param magnitude [out]; null for the lengths of the weight's rows, where an adapter has magnitudes
     * @param principal whether the base computes without this part of its weight (PiSSA)
     */
    record Values(Tensor a, Tensor b, @Nullable Tensor magnitude, boolean principal) {}
}
