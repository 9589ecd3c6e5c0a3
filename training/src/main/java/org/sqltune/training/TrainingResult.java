package org.sqltune.training;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param steps steps done in all
 * @param end why it ended
 * @param skippedSteps steps whose gradients weren't applied, since they would have spoilt the weights
 * @param trainLoss mean loss of the last logged steps, in nats
 * @param evalLoss validation loss of what was saved, in nats; null without a validation set
 * @param bestMetric the metric by which it was chosen; null if nothing was
 * @param bestStep the step whose weights were saved
 * @param examples examples seen
 * @param seconds training seconds, evaluation and saving left out
 * @param trainableParameters number of elements trained
 * @param allParameters number of elements in the model
 * @param finalModel where the result lies
 * @param lossCurve picture of the losses
 */
public record TrainingResult(
        int steps,
        EndReason end,
        int skippedSteps,
        double trainLoss,
        @Nullable Double evalLoss,
        @Nullable Double bestMetric,
        int bestStep,
        long examples,
        double seconds,
        long trainableParameters,
        long allParameters,
        Path finalModel,
        Path lossCurve) {

    /** Why a run ended. */
    public enum EndReason {
        /** All steps are done. */
        ALL_STEPS,
        /** {@code max_minutes} were over. */
        TIME_LIMIT,
        /** The metric hadn't become better for {@code early_stopping_patience} evaluations. */
        EARLY_STOPPING
    }
}
