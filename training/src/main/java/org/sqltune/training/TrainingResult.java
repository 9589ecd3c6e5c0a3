package org.sqltune.training;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Result of training.
 *
 * @param steps optimizer steps done in all
 * @param end why training ended
 * @param skippedSteps steps whose gradients were not applied, because their loss or gradient norm was not usable
 * @param trainLoss mean loss per target token over the last logged steps, in nats
 * @param evalLoss validation loss of the saved weights, in nats per target token; null without a validation set
 * @param bestMetric value of {@code metric_for_best_model} for the saved weights; null if no checkpoint was selected by
 *     it
 * @param bestStep the step whose weights were saved
 * @param examples examples seen
 * @param seconds seconds spent in training steps, without evaluation and saving
 * @param trainableParameters number of trained weights
 * @param allParameters number of weights in the model
 * @param finalModel folder of the trained adapter or model
 * @param lossCurve PNG with the training and validation loss
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
        /** All planned steps are done. */
        ALL_STEPS,
        /** {@code max_minutes} had passed. */
        TIME_LIMIT,
        /** The metric had not improved for {@code early_stopping_patience} evaluations. */
        EARLY_STOPPING
    }
}
