package org.sqltune.model.weight;

import java.util.Map;
import org.sqltune.model.torch.Tensor;

/** What is attached to a linear map from outside. */
public sealed interface ProjectionUpdate permits LowRankUpdate, DecomposedUpdate, ResidualUpdate {
    /** The weight that the map computes with while this is attached: its own, or one in its place. */
    default Tensor weight(Tensor own) {
        return own;
    }

    /**
     * Its tensors by their names in {@code decoder/adapter.py}.
     *
     * @param weight the linear layer's own weight, [out, in]
     */
    Map<String, Tensor> tensors(Tensor weight);
}
