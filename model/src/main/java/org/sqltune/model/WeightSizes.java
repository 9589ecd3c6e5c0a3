package org.sqltune.model;

import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.weight.Weight;

/**
 * What a model's weights take in memory, counted from its tensors, beside what they would in the decoder's element type.
 *
 * @param matrices how many weights are quantised
 * @param quantizedBytes what these take
 * @param quantizedBefore what these would take
 * @param allBytes what all weights take
 * @param allBefore what all weights would take
 */
record WeightSizes(int matrices, long quantizedBytes, long quantizedBefore, long allBytes, long allBefore) {
    static WeightSizes of(Decoder decoder) {
        int matrices = 0;
        long quantizedBytes = 0;
        long quantizedBefore = 0;
        long others = 0;
        for (Weight weight : decoder.weights().values()) {
            if (weight.quantized().isPresent()) {
                matrices++;
                quantizedBytes += weight.quantized().get().bytes();
                quantizedBefore += weight.count() * decoder.type().bytes();
            } else {
                others += decoder.torch().bytes(weight.value());
            }
        }
        return new WeightSizes(
                matrices, quantizedBytes, quantizedBefore, quantizedBytes + others, quantizedBefore + others);
    }

    /** {@link #quantizedBytes} as a share of {@link #quantizedBefore}. */
    double quantizedShare() {
        return (double) quantizedBytes / quantizedBefore;
    }

    /** {@link #allBytes} as a share of {@link #allBefore}. */
    double allShare() {
        return (double) allBytes / allBefore;
    }
}
