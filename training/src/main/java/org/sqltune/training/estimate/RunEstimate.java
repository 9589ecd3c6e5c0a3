package org.sqltune.training.estimate;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a run will take.
 *
 * @param parameters weights of the base
 * @param trainableParameters weights that are trained
 * @param downloadBytes what must be fetched from the hub first; empty for a folder, 0 if the cache has it all
 * @param elementType the arithmetic's, as safetensors calls it
 * @param steps optimizer steps
 * @param tokens of all steps' examples, a shared beginning counted for each
 * @param computedTokens the same, a shared beginning counted once
 * @param sampled whether steps, tokens and rows come from a part of the data
 * @param memory at its peak
 * @param memoryWithoutCheckpointing the same with {@code training.gradient_checkpointing: none}
 * @param memoryWithSelectiveCheckpointing the same with {@code training.gradient_checkpointing: selective}
 * @param memoryWithCheckpointing the same with {@code training.gradient_checkpointing: full}
 * @param available what this process may hold
 * @param proposal settings that fit, {@code section.key=value}s with blanks between; null if the run fits as it is, or
 *     nothing helps
 * @param time null if nothing was calibrated
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

    /** Trained weights as a share of the base's. */
    public double trainableShare() {
        return (double) trainableParameters / parameters;
    }

    /** Whether the peak is below what there is. */
    public boolean fits() {
        return memory.peak() <= available.bytes();
    }

    /**
     * A guess of the time, from a few layers of the model's shape that were run.
     *
     * @param secondsPerStep one optimizer step
     * @param seconds all steps and evaluations of the validation loss; downloading, loading and the scores of answers left out
     * @param calibrationSeconds how long was measured
     */
    public record TimeEstimate(double secondsPerStep, double seconds, double calibrationSeconds) {}
}
