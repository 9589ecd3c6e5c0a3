package org.sqltune.training.loop;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.SelectionSettings;
import org.sqltune.core.config.settings.SelectionSettings.BestMetric;
import org.sqltune.training.AnswerScorer.AnswerScores;
import org.sqltune.training.EvaluationMetrics;
import org.sqltune.training.checkpoint.TrainerState.EvaluationHistory;

/**
 * Judges evaluations: which was best, and whether a better one is still to be expected. As transformers' Trainer and its
 * EarlyStoppingCallback do: any improvement makes a new best, but only one above the threshold feeds patience.
 */
final class BestModelTracker {
    private final SelectionSettings settings;

    BestModelTracker(SelectionSettings settings) {
        this.settings = settings;
    }

    /** The history with one more evaluation, its step the best one if its checkpoint is to be kept for that. */
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

    /** Whether patience is over. */
    boolean givesUp(EvaluationHistory history) {
        @Nullable Integer patience = settings.earlyStoppingPatience();
        return patience != null && history.sinceBest() >= patience;
    }

    /** By how much a metric is better than another; NaN never is. */
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
