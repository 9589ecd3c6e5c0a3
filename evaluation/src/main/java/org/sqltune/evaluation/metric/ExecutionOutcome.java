package org.sqltune.evaluation.metric;

import org.sqltune.core.sql.SqlExecutionException;

/** The outcome of running a prediction and its gold query. */
public sealed interface ExecutionOutcome {
    /** The label of {@link WrongResult} among the failure kinds. */
    String WRONG_RESULT = "wrong_result";

    /** Returns the error, one line; empty for a match. */
    String error();

    /** Both return the same result. */
    record Match() implements ExecutionOutcome {
        @Override
        public String error() {
            return "";
        }
    }

    /**
     * Both run and return different results.
     *
     * @param difference the first difference found, such as {@code 3 rows instead of 5}
     */
    record WrongResult(String difference) implements ExecutionOutcome {
        @Override
        public String error() {
            return "wrong result: " + difference;
        }
    }

    /**
     * The gold query runs, the prediction doesn't.
     *
     * @param kind the kind of failure
     * @param error one line, usually the database's message
     */
    record PredictionFailed(SqlExecutionException.Kind kind, String error) implements ExecutionOutcome {}

    /**
     * The gold query fails, so the prediction has no verdict.
     *
     * @param error one line
     */
    record GoldFailed(String error) implements ExecutionOutcome {}
}
