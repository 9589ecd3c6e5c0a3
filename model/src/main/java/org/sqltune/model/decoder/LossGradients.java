package org.sqltune.model.decoder;

import org.sqltune.model.torch.Tensor;

/**
 * Cross-entropy over some target positions, with its gradients.
 *
 * @param total summed cross-entropy, one fp32 number, in nats
 * @param hidden gradient of what the head was given [n, E]
 * @param scores gradient of the scores [n, V]
 */
public record LossGradients(Tensor total, Tensor hidden, Tensor scores) {
    /** Summed cross-entropy in nats. */
    public double lossSum() {
        return total.toFloats()[0];
    }
}
