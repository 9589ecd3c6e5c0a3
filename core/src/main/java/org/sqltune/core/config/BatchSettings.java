package org.sqltune.core.config;

/**
 * Which examples are computed together, and how; keys of section {@code training}. A step takes {@code
 * per_device_train_batch_size × gradient_accumulation_steps} examples.
 *
 * @param perDeviceTrainBatchSize examples in one forward and backward pass
 * @param perDeviceEvalBatchSize the same while evaluating
 * @param gradientAccumulationSteps passes in one optimizer step
 * @param maxLength tokens an example may have, prompt and completion together; longer ones lose their end
 * @param sharePrefixes whether examples of one pass that begin with the same tokens compute them once
 * @param gradientCheckpointing whether activations are recomputed in the backward pass to save memory
 */
public record BatchSettings(
        int perDeviceTrainBatchSize,
        int perDeviceEvalBatchSize,
        int gradientAccumulationSteps,
        int maxLength,
        boolean sharePrefixes,
        boolean gradientCheckpointing) {

    /** 1 × 16 examples of at most 1024 tokens, sharing what they begin with. */
    public static BatchSettings defaults() {
        return new BatchSettings(1, 8, 16, 1024, true, false);
    }

    /** Examples in one optimizer step. */
    public int examplesPerStep() {
        return perDeviceTrainBatchSize * gradientAccumulationSteps;
    }
}
