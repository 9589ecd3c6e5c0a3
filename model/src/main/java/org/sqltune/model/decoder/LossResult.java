package org.sqltune.model.decoder;

import org.jspecify.annotations.Nullable;
import org.sqltune.model.torch.Tensor;

/**
 * Cross-entropy over some target positions.
 *
 * @param total summed cross-entropy, one fp32 number, in nats
 * @param correct number of targets that were the most likely token, one int64 number
 * @param input the hidden states [n, E] as a leaf, if a graph was kept
 */
public record LossResult(
        Tensor total, Tensor correct, @Nullable Tensor input) {
    /** Summed cross-entropy in nats. */
    public double lossSum() {
        return total.toFloats()[0];
    }

    /** The leaf, for a result that kept its graph. */
    public Tensor requireInput() {
        if (input == null) {
            throw new IllegalStateException("no graph was kept");
        }
        return input;
    }

    /** Number of targets that were the most likely token. */
    public long correctCount() {
        return correct.toLongs()[0];
    }
}
