package org.sqltune.model.weight;

import java.util.List;
import org.sqltune.model.torch.Tensor;

/** What is attached to a linear map from outside. */
public sealed interface ProjectionUpdate permits LowRankUpdate, DecomposedUpdate, ResidualUpdate {
    /** The weight that the map computes with while this is attached: its own, or one in its place. */
    default Tensor weight(Tensor own) {
        return own;
    }

    /**
     * The tensors that stand for this in {@code decoder.py}, behind the map's weight and bias.
     *
     * @param weight the map's weight, [out, in]
     */
    List<Tensor> parts(Tensor weight);
}
