package org.sqltune.core.config.settings;

import org.jspecify.annotations.Nullable;

/**
 * Which of a run's weights become its result, and when nothing better is to be expected; keys of section {@code training}.
 *
 * @param loadBestModelAtEnd whether final_model is the checkpoint with the best metric
 * @param saveFullModel whether an adapter is also merged into its base and written as a model of its own, full_model
 * @param metricForBestModel by what an evaluation is judged. Answers are scored besides the validation loss only where one
 *     of the others is chosen
 * @param metricSampleSize questions of the validation set that are answered at each evaluation, chosen by the seed
 * @param earlyStoppingPatience end the run after so many evaluations in a row without a better metric; null for never
 * @param earlyStoppingThreshold by how much a metric must be better to count for that
 */
public record SelectionSettings(
        boolean loadBestModelAtEnd,
        boolean saveFullModel,
        BestMetric metricForBestModel,
        int metricSampleSize,
        @Nullable Integer earlyStoppingPatience,
        double earlyStoppingThreshold) {

    /** The checkpoint with the lowest validation loss, after all steps; an adapter stays one. */
    public static SelectionSettings defaults() {
        return new SelectionSettings(true, false, BestMetric.EVAL_LOSS, 50, null, 0);
    }

    /** Metrics of an evaluation. */
    public enum BestMetric {
        /** Cross-entropy on the whole validation set; lower is better. */
        EVAL_LOSS,
        /** Share of answers that are the gold SQL but for spelling; higher is better. */
        EXACT_MATCH,
        /** Share of answers that return what the gold SQL returns; higher is better. */
        EXECUTION_ACCURACY
    }
}
