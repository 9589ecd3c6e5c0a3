package org.sqltune.core.config.settings;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Section {@code evaluation}.
 *
 * @param metrics what to compute
 * @param maxSamples score at most this many examples of each set; null for all
 * @param databasePath folder with {@code <db_id>/<db_id>.sqlite}; null for the data set's own
 * @param timeoutSeconds time limit of one query, in seconds
 * @param maxRows rows of a result that are read before the query is stopped
 * @param vesRuns how often BIRD's R-VES times a right query, officially 100; 0 leaves R-VES out
 */
public record EvaluationSettings(
        List<Metric> metrics,
        @Nullable Integer maxSamples,
        @Nullable Path databasePath,
        double timeoutSeconds,
        int maxRows,
        int vesRuns) {

    public EvaluationSettings {
        metrics = List.copyOf(metrics);
    }

    /** Execution accuracy and exact match, 30 seconds and 100,000 rows a query. */
    public static EvaluationSettings defaults() {
        return new EvaluationSettings(
                List.of(Metric.EXECUTION_ACCURACY, Metric.EXACT_MATCH), null, null, 30, 100_000, 0);
    }

    /** Metrics by name. */
    public enum Metric {
        /** Share of questions whose SQL returns what the gold SQL returns. */
        EXECUTION_ACCURACY,
        /** Share of questions whose SQL equals the gold SQL after normalisation. */
        EXACT_MATCH,
        /** BLEU of the SQL as text, as sacreBLEU computes it. */
        BLEU,
        /** ROUGE-L of the SQL as text, as rouge_score computes it. */
        ROUGE_L,
        /** Mean cross-entropy and token accuracy of the gold completions. */
        LOSS
    }

    /** The same with other metrics. */
    public EvaluationSettings withMetrics(List<Metric> metrics) {
        return new EvaluationSettings(metrics, maxSamples, databasePath, timeoutSeconds, maxRows, vesRuns);
    }

    /** The same for at most this many examples of each set; null for all. */
    public EvaluationSettings withMaxSamples(@Nullable Integer maxSamples) {
        return new EvaluationSettings(metrics, maxSamples, databasePath, timeoutSeconds, maxRows, vesRuns);
    }
}
