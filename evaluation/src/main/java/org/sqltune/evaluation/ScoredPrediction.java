package org.sqltune.evaluation;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.evaluation.metric.ExecutionOutcome;
import org.sqltune.evaluation.report.ResultExcerpt;

/**
 * A prediction and what became of it.
 *
 * @param example the question and its gold SQL
 * @param prediction the predictor's answer
 * @param category the gold query's kind; null if our own scores weren't asked for
 * @param exactMatch whether the SQL equals the gold SQL after normalisation; null if that wasn't asked
 * @param execution what came of running it; null if it wasn't run
 * @param goldResult the beginning of what the gold query returns; null if it wasn't run or fails
 * @param predictedResult the beginning of what the prediction returns; null if it wasn't run or fails
 */
public record ScoredPrediction(
        Example example,
        SqlPrediction prediction,
        @Nullable QueryCategory category,
        @Nullable Boolean exactMatch,
        @Nullable ExecutionOutcome execution,
        @Nullable ResultExcerpt goldResult,
        @Nullable ResultExcerpt predictedResult) {

    /** Whether it returns what the gold query returns; null if it wasn't run or the gold query fails. */
    public @Nullable Boolean executionMatch() {
        if (execution == null || execution instanceof ExecutionOutcome.GoldFailed) {
            return null;
        }
        return execution instanceof ExecutionOutcome.Match;
    }

    /** One line on what went wrong when it was run; empty if nothing did. */
    public String error() {
        if (execution == null) {
            return "";
        }
        return execution instanceof ExecutionOutcome.GoldFailed failed
                ? "the gold query fails: " + failed.error()
                : execution.error();
    }
}
