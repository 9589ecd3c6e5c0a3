package org.sqltune.model.weight;

import java.util.Map;
import org.sqltune.model.torch.Tensor;

/**
 * Something added to a linear map: {@code y += scale · B (A x)}.
 *
 * @param a [r, in], in the decoder's element type
 * @param b [out, r], likewise
 * @param scale a single fp32 number
 */
public record LowRankUpdate(Tensor a, Tensor b, Tensor scale) implements ProjectionUpdate {
    @Override
    public Map<String, Tensor> tensors(Tensor weight) {
        return Map.of("lora_A", a, "lora_B", b, "scale", scale);
    }
}
