package org.sqltune.model.decoder;

import java.util.List;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** Angles of the rotary position embedding (RoPE, arXiv:2104.09864): {@code position · theta^(-2i/D)}. */
final class RotaryEmbedding {
    private final Torch torch;
    private final Tensor inverseFrequencies;
    private final Tensor like;

    /** @param type the element type that cosines and sines shall have */
    RotaryEmbedding(Torch torch, TensorScope owner, DecoderConfig config, ElementType type) {
        this.torch = torch;
        this.like = torch.zeros(owner, type, 1);
        float[] values = new float[config.headDim() / 2];
        for (int i = 0; i < values.length; i++) {
            double frequency = Math.pow(config.ropeTheta(), -2.0 * i / config.headDim());
            values[i] = (float) config.ropeScaling().scale(frequency);
        }
        this.inverseFrequencies = owner.floats(values, values.length);
    }

    /** Cosines and sines for some positions: two tensors [T, 1, D]. */
    List<Tensor> at(TensorScope scope, long... positions) {
        return torch.decoder()
                .tensors(scope, "rotary", scope.longs(positions, positions.length), inverseFrequencies, like);
    }
}
