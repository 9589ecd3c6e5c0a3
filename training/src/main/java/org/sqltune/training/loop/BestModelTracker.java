package org.sqltune.training.loop;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.SelectionSettings;
import org.sqltune.core.config.settings.SelectionSettings.BestMetric;
import org.sqltune.training.AnswerScorer.AnswerScores;
import org.sqltune.training.EvaluationMetrics;
import org.sqltune.training.checkpoint.TrainerState.EvaluationHistory;

/**
 * Tracks the best evaluation and decides on early stopping. Like transformers' Trainer and EarlyStoppingCallback: any
 * improvement is a new best, but only one above the threshold resets the patience counter.
 */
final class BestModelTracker {
    private final SelectionSettings settings;

    BestModelTracker(SelectionSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns the history with one more evaluation. {@code bestStep} is set only if {@code load_best_model_at_end} is
     * on.
     */
    EvaluationHistory after(EvaluationHistory history, EvaluationMetrics evaluation) {
        double metric = metric(evaluation);
        @Nullable Double best = history.bestMetric();
        boolean improved = best == null ? !Double.isNaN(metric) : gain(metric, best) > 0;
        boolean clearly = best == null || gain(metric, best) > settings.earlyStoppingThreshold();
        int sinceBest = clearly ? 0 : history.sinceBest() + 1;
        if (!improved) {
            return new EvaluationHistory(
                    evaluation.step(), evaluation.loss(), best, history.bestLoss(), history.bestStep(), sinceBest);
        }
        boolean kept = settings.loadBestModelAtEnd();
        return new EvaluationHistory(
                evaluation.step(),
                evaluation.loss(),
                metric,
                kept ? (Double) evaluation.loss() : null,
                kept ? (Integer) evaluation.step() : null,
                sinceBest);
    }

    /** Whether {@code early_stopping_patience} is exhausted. */
    boolean givesUp(EvaluationHistory history) {
        @Nullable Integer patience = settings.earlyStoppingPatience();
        return patience != null && history.sinceBest() >= patience;
    }

    /** Returns by how much a metric is better than another; NaN if either is NaN. */
    private double gain(double metric, double other) {
        return settings.metricForBestModel() == BestMetric.EVAL_LOSS ? other - metric : metric - other;
    }

    private double metric(EvaluationMetrics evaluation) {
        AnswerScores answers = evaluation.answers();
        return switch (settings.metricForBestModel()) {
            case EVAL_LOSS -> evaluation.loss();
            case EXACT_MATCH -> answers.exactMatch().orElse(Double.NaN);
            case EXECUTION_ACCURACY -> answers.executionAccuracy().orElse(Double.NaN);
        };
    }
}
