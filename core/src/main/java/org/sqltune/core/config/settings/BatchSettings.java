package org.sqltune.core.config.settings;

import org.jspecify.annotations.Nullable;

/**
 * Which examples are computed together, and how; keys of section {@code training}. A step takes {@code
 * per_device_train_batch_size × gradient_accumulation_steps} examples.
 *
 * @param perDeviceTrainBatchSize examples in one forward and backward pass
 * @param perDeviceEvalBatchSize the same while evaluating
 * @param gradientAccumulationSteps passes in one optimizer step
 * @param maxLength tokens an example may have, prompt and completion together; longer ones lose their end
 * @param sharePrefixes whether examples of one pass that begin with the same tokens compute them once
 * @param questionsPerPrefix examples with a common beginning, such as questions of one schema, that shuffling keeps together,
 *     so that they meet in a step; 1 for pure chance; null for a quarter of a step's examples, at most 16, unless chance alone brings half as many
 *     together
 * @param maxTokensPerRow tokens that are computed together at most where beginnings are shared, but for a beginning and one
 *     example that are longer; null for 4,096, or 2,048 where layers × hidden size are above 16,384
 * @param gradientCheckpointing how much of the forward pass is computed again in the backward pass to save memory
 * @param checkMemory whether a run that needs more memory than is free is refused before it begins
 */
public record BatchSettings(
        int perDeviceTrainBatchSize,
        int perDeviceEvalBatchSize,
        int gradientAccumulationSteps,
        int maxLength,
        boolean sharePrefixes,
        @Nullable Integer questionsPerPrefix,
        @Nullable Integer maxTokensPerRow,
        GradientCheckpointing gradientCheckpointing,
        boolean checkMemory) {
    private static final int MOST_TOGETHER = 16;

    /** So many schemas meet in a step at least: a step's gradient should not be that of one schema. */
    private static final int LEAST_GROUPS = 4;

    /** How much of the forward pass is computed again on the way back. */
    public enum GradientCheckpointing {
        /** Nothing: everything that gradients need is kept. Also written {@code false}. */
        NONE,
        /**
         * What is cheap for its size: norms, rotation, attention's probabilities, the MLP's activation. What large products
         * gave is kept.
         */
        SELECTIVE,
        /** Every layer from its input (Chen et al., arXiv:1604.06174). Also written {@code true}. */
        FULL,
        /**
         * The first of these that fits into the memory that is free when the run begins. Decided by {@code RunEstimator};
         * a trainer that is handed it undecided takes {@link #FULL}.
         */
        AUTO
    }

    /** 1 × 16 examples of at most 1024 tokens, sharing what they begin with. */
    public static BatchSettings defaults() {
        return new BatchSettings(1, 8, 16, 1024, true, null, null, GradientCheckpointing.NONE, true);
    }

    /** Examples in one optimizer step. */
    public int examplesPerStep() {
        return perDeviceTrainBatchSize * gradientAccumulationSteps;
    }

    /** Examples with a common beginning that shuffling keeps together; 1 for none. */
    public int questionsTogether() {
        return questionsPerPrefix == null
                ? Math.max(1, Math.min(MOST_TOGETHER, examplesPerStep() / LEAST_GROUPS))
                : questionsPerPrefix;
    }

    /** The same with another way of saving memory. */
    public BatchSettings withGradientCheckpointing(GradientCheckpointing gradientCheckpointing) {
        return new BatchSettings(
                perDeviceTrainBatchSize,
                perDeviceEvalBatchSize,
                gradientAccumulationSteps,
                maxLength,
                sharePrefixes,
                questionsPerPrefix,
                maxTokensPerRow,
                gradientCheckpointing,
                checkMemory);
    }

    /** The same with another limit of an example's tokens. */
    public BatchSettings withMaxLength(int maxLength) {
        return new BatchSettings(
                perDeviceTrainBatchSize,
                perDeviceEvalBatchSize,
                gradientAccumulationSteps,
                maxLength,
                sharePrefixes,
                questionsPerPrefix,
                maxTokensPerRow,
                gradientCheckpointing,
                checkMemory);
    }

    /** The same with another limit of a row's tokens; null for the usual one. */
    public BatchSettings withMaxTokensPerRow(@Nullable Integer maxTokensPerRow) {
        return new BatchSettings(
                perDeviceTrainBatchSize,
                perDeviceEvalBatchSize,
                gradientAccumulationSteps,
                maxLength,
                sharePrefixes,
                questionsPerPrefix,
                maxTokensPerRow,
                gradientCheckpointing,
                checkMemory);
    }

    /** The same with another number of examples in one pass. */
    public BatchSettings withPerDeviceTrainBatchSize(int perDeviceTrainBatchSize) {
        return new BatchSettings(
                perDeviceTrainBatchSize,
                perDeviceEvalBatchSize,
                gradientAccumulationSteps,
                maxLength,
                sharePrefixes,
                questionsPerPrefix,
                maxTokensPerRow,
                gradientCheckpointing,
                checkMemory);
    }

    /** The same with another number of passes in one step. */
    public BatchSettings withGradientAccumulationSteps(int gradientAccumulationSteps) {
        return new BatchSettings(
                perDeviceTrainBatchSize,
                perDeviceEvalBatchSize,
                gradientAccumulationSteps,
                maxLength,
                sharePrefixes,
                questionsPerPrefix,
                maxTokensPerRow,
                gradientCheckpointing,
                checkMemory);
    }
}
