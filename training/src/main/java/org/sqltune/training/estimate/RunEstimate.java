package org.sqltune.training.estimate;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Estimate of a run's memory, data volume and time.
 *
 * @param parameters number of weights of the base model
 * @param trainableParameters number of trained weights
 * @param downloadBytes bytes to download from the hub; empty for a local folder, 0 if the cache has every file
 * @param elementType element type of the computation, by its safetensors name
 * @param steps number of optimizer steps
 * @param tokens tokens of all steps' examples; a shared prefix counts once per example
 * @param computedTokens tokens that the model computes; a shared prefix counts once per row
 * @param sampled whether tokens and rows are extrapolated from a sample of the data
 * @param memory peak memory
 * @param memoryWithoutCheckpointing peak memory with {@code training.gradient_checkpointing: none}
 * @param memoryWithSelectiveCheckpointing peak memory with {@code training.gradient_checkpointing: selective}
 * @param memoryWithCheckpointing peak memory with {@code training.gradient_checkpointing: full}
 * @param available memory that this process may hold
 * @param proposal overrides with which the run fits, as {@code section.key=value} separated by spaces; null if the run
 *     already fits or no setting helps
 * @param time estimated time; null if nothing was measured
 */
public record RunEstimate(
        long parameters,
        long trainableParameters,
        OptionalLong downloadBytes,
        String elementType,
        int steps,
        long tokens,
        long computedTokens,
        boolean sampled,
        MemoryEstimate memory,
        MemoryEstimate memoryWithoutCheckpointing,
        MemoryEstimate memoryWithSelectiveCheckpointing,
        MemoryEstimate memoryWithCheckpointing,
        MachineMemory.Available available,
        @Nullable String proposal,
        @Nullable TimeEstimate time) {

    /** Returns trained weights as a share of the base model's. */
    public double trainableShare() {
        return (double) trainableParameters / parameters;
    }

    /** Whether the peak fits into the available memory. */
    public boolean fits() {
        return memory.peak() <= available.bytes();
    }

    /**
     * Estimate of the time, extrapolated from a few layers of the model's shape.
     *
     * @param secondsPerStep seconds of one optimizer step
     * @param seconds seconds of all steps and of the validation losses, without download, loading and scoring of
     *     answers
     * @param calibrationSeconds seconds that the measurement took
     */
    public record TimeEstimate(double secondsPerStep, double seconds, double calibrationSeconds) {}
}
