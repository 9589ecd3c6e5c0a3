package org.sqltune.evaluation.metric;

import org.sqltune.core.sql.SqlExecutionException;

/** What came of running a prediction beside its gold query. */
public sealed interface ExecutionOutcome {
    /** The label of {@link WrongResult} among the kinds of failure. */
    String WRONG_RESULT = "wrong_result";

    /** One line on what went wrong; empty for a match. */
    String error();

    /** Both return the same. */
    record Match() implements ExecutionOutcome {
        @Override
        public String error() {
            return "";
        }
    }

    /**
     * Both run, and return different things.
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
     * @param kind why
     * @param error one line, mostly the database's own
     */
    record PredictionFailed(SqlExecutionException.Kind kind, String error) implements ExecutionOutcome {}

    /**
     * The gold query doesn't run, so that nothing can be said about the prediction.
     *
     * @param error one line
     */
    record GoldFailed(String error) implements ExecutionOutcome {}
}
