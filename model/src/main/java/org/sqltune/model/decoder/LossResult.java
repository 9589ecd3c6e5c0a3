package org.sqltune.model.decoder;

import org.sqltune.model.torch.Tensor;

/**
 * Cross-entropy over some target positions.
 *
 * @param total summed cross-entropy, one fp32 number, in nats
 * @param correct number of targets that were the most likely token, one int64 number
 */
public record LossResult(Tensor total, Tensor correct) {
    /** Summed cross-entropy in nats. */
    public double lossSum() {
        return total.toFloats()[0];
    }

    /** Number of targets that were the most likely token. */
    public long correctCount() {
        return correct.toLongs()[0];
    }
}
