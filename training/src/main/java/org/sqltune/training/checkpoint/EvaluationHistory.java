package org.sqltune.training.checkpoint;

import org.jspecify.annotations.Nullable;

/**
 * What a run's evaluations have shown so far.
 *
 * @param lastStep the step that was evaluated last; 0 before the first
 * @param lastLoss validation loss there, in nats; null before the first
 * @param bestMetric the best metric so far; null before the first
 * @param bestLoss validation loss of the checkpoint that has it; null if there is none
 * @param bestStep the step of that checkpoint; null if there is none
 * @param sinceBest evaluations in a row that weren't better by the threshold
 */
public record EvaluationHistory(
        int lastStep,
        @Nullable Double lastLoss,
        @Nullable Double bestMetric,
        @Nullable Double bestLoss,
        @Nullable Integer bestStep,
        int sinceBest) {
    /** Before the first evaluation. */
    public static final EvaluationHistory NONE = new EvaluationHistory(0, null, null, null, null, 0);
}
