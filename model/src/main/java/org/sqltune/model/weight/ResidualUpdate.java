package org.sqltune.model.weight;

import java.util.Map;
import org.sqltune.model.torch.Tensor;

/**
 * A low-rank update that took over a part of the weight (PiSSA: Meng et al., arXiv:2404.02948), so that the map computes
 * with the rest of it.
 *
 * @param update what is added
 * @param residual the weight without that part, [out, in], in the decoder's element type
 */
public record ResidualUpdate(LowRankUpdate update, Tensor residual) implements ProjectionUpdate {
    @Override
    public Tensor weight(Tensor own) {
        return residual;
    }

    @Override
    public Map<String, Tensor> tensors(Tensor weight) {
        return update.tensors(weight);
    }
}
