package org.sqltune.training;

import org.jspecify.annotations.Nullable;

/**
 * Where a run stands, besides weights and moments. Order of data and dropout follow from the seed and these numbers.
 *
 * @param globalStep steps done
 * @param examples examples seen
 * @param numTokens tokens of those examples
 * @param seconds training seconds so far
 * @param window losses not yet logged, so that a run cut off between two lines goes on with the same lines
 * @param bestMetric lowest validation loss so far; null if none was taken
 * @param bestStep the step of the checkpoint that has it; null if there is none
 */
public record TrainerState(
        int globalStep,
        long examples,
        long numTokens,
        double seconds,
        LossWindow window,
        @Nullable Double bestMetric,
        @Nullable Integer bestStep) {
    /** Before the first step. */
    public static final TrainerState INITIAL = new TrainerState(0, 0, 0, 0, LossWindow.EMPTY, null, null);

    TrainerState withWindow(LossWindow losses) {
        return new TrainerState(globalStep, examples, numTokens, seconds, losses, bestMetric, bestStep);
    }

    /** With this step as the best one. */
    TrainerState withBest(double metric) {
        return new TrainerState(globalStep, examples, numTokens, seconds, window, metric, globalStep);
    }
}
