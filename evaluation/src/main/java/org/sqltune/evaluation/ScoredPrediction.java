package org.sqltune.evaluation;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.evaluation.metric.ExecutionOutcome;
import org.sqltune.evaluation.report.ResultExcerpt;

/**
 * A prediction with its scores.
 *
 * @param example the question and its gold SQL
 * @param prediction the predictor's answer
 * @param category the gold query's category; null if SqlTune's own scores weren't requested
 * @param exactMatch whether the SQL equals the gold SQL after normalisation; null if not requested
 * @param execution the execution outcome; null if the prediction wasn't run
 * @param goldResult the first rows of the gold query's result; null if it wasn't run or fails
 * @param predictedResult the first rows of the prediction's result; null if it wasn't run or fails
 */
public record ScoredPrediction(
        Example example,
        SqlPrediction prediction,
        @Nullable QueryCategory category,
        @Nullable Boolean exactMatch,
        @Nullable ExecutionOutcome execution,
        @Nullable ResultExcerpt goldResult,
        @Nullable ResultExcerpt predictedResult) {

    /**
     * Returns whether the prediction returns the gold query's result; null if it wasn't run or the gold query fails.
     */
    public @Nullable Boolean executionMatch() {
        if (execution == null || execution instanceof ExecutionOutcome.GoldFailed) {
            return null;
        }
        return execution instanceof ExecutionOutcome.Match;
    }

    /** Returns the execution error, one line; empty if there is none. */
    public String error() {
        if (execution == null) {
            return "";
        }
        return execution instanceof ExecutionOutcome.GoldFailed failed
                ? "the gold query fails: " + failed.error()
                : execution.error();
    }
}
