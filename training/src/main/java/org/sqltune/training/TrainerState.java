package org.sqltune.training;

import org.jspecify.annotations.Nullable;

/**
 * Where a run stands, besides weights and moments. Order of data and dropout follow from the seed and these numbers.
 *
 * @param globalStep steps done
 * @param examples examples seen
 * @param numTokens tokens of those examples
 * @param seconds training seconds so far
 * @param bestMetric lowest validation loss so far; null if none was taken
 * @param bestStep the step of the checkpoint that has it; null if there is none
 */
public record TrainerState(
        int globalStep,
        long examples,
        long numTokens,
        double seconds,
        @Nullable Double bestMetric,
        @Nullable Integer bestStep) {
    /** Before the first step. */
    public static final TrainerState INITIAL = new TrainerState(0, 0, 0, 0, null, null);
}
