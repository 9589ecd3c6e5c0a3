package org.sqltune.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sqltune.core.config.settings.SelectionSettings;
import org.sqltune.core.config.settings.SelectionSettings.BestMetric;
import org.sqltune.training.AnswerScorer.AnswerScores;
import org.sqltune.training.EvaluationMetrics;
import org.sqltune.training.checkpoint.TrainerState.EvaluationHistory;

class BestModelTrackerTest {
    @Test
    void theLowestLossIsBest() {
        EvaluationHistory history = after(settings(BestMetric.EVAL_LOSS, true, null, 0), 3, 2, 2.5, 2);
        assertThat(history.bestStep()).isEqualTo(2);
        assertThat(history.bestMetric()).isEqualTo(2);
        assertThat(history.lastStep()).isEqualTo(4);
        assertThat(history.lastLoss()).isEqualTo(2);
    }

    @Test
    void theHighestScoreIsBest() {
        EvaluationHistory history = after(settings(BestMetric.EXACT_MATCH, true, null, 0), 0.2, 0.5, 0.4);
        assertThat(history.bestStep()).isEqualTo(2);
        assertThat(history.bestMetric()).isEqualTo(0.5);
        assertThat(history.bestLoss())
                .as("the loss of that step, not the best one")
                .isEqualTo(102);
    }

    @Test
    void withoutLoadingTheBestNoStepIsKeptButPatienceCounts() {
        SelectionSettings settings = settings(BestMetric.EVAL_LOSS, false, 2, 0);
        assertThat(after(settings, 3, 2).bestStep()).isNull();
        assertThat(new BestModelTracker(settings).givesUp(after(settings, 1, 2)))
                .isFalse();
        assertThat(new BestModelTracker(settings).givesUp(after(settings, 1, 2, 3)))
                .isTrue();
        assertThat(new BestModelTracker(settings).givesUp(after(settings, 1, 2, 0.5, 3)))
                .isFalse();
    }

    @Test
    void anImprovementBelowTheThresholdIsABestButTriesPatience() {
        EvaluationHistory history = after(settings(BestMetric.EVAL_LOSS, true, 2, 0.5), 3, 2.8, 2.6);
        assertThat(history.bestStep()).isEqualTo(3);
        assertThat(history.sinceBest()).isEqualTo(2);
    }

    @Test
    void aMetricThatIsNoNumberIsNeverBest() {
        SelectionSettings settings = settings(BestMetric.EVAL_LOSS, true, 1, 0);
        assertThat(after(settings, Double.NaN, 2).bestStep()).isEqualTo(2);
        assertThat(after(settings, 2, Double.NaN).bestStep()).isEqualTo(1);
        assertThat(after(settings, 2, Double.NaN).sinceBest()).isOne();
    }

    private static SelectionSettings settings(
            BestMetric metric, boolean load, @Nullable Integer patience, double threshold) {
        return new SelectionSettings(load, false, metric, 10, patience, threshold);
    }

    /** Evaluations at steps 1, 2 and so on. Where answers are judged, losses are 101, 102 and so on. */
    private static EvaluationHistory after(SelectionSettings settings, double... metrics) {
        EvaluationHistory history = EvaluationHistory.NONE;
        boolean loss = settings.metricForBestModel() == BestMetric.EVAL_LOSS;
        for (int step = 1; step <= metrics.length; step++) {
            double metric = metrics[step - 1];
            AnswerScores answers = new AnswerScores(OptionalDouble.of(metric), OptionalDouble.empty());
            history = new BestModelTracker(settings)
                    .after(
                            history,
                            loss
                                    ? new EvaluationMetrics(step, 0, metric, 0, AnswerScores.NONE)
                                    : new EvaluationMetrics(step, 0, 100 + step, 0, answers));
        }
        return history;
    }
}
