package org.sqltune.inference.choice;

import org.sqltune.core.sql.QueryResult;

/**
 * One of the answers that a model wrote to a question.
 *
 * @param sql its SQL
 * @param meanLogprob mean log-probability of its tokens
 * @param minLogprob the least of them
 * @param cut whether it ends only because no more tokens were allowed
 */
record Candidate(String sql, double meanLogprob, double minLogprob, boolean cut) {
    /** The geometric mean of its tokens' probabilities, which doesn't punish long answers. */
    double weight() {
        return Math.exp(meanLogprob);
    }

    /** What a candidate's query gave. */
    sealed interface Result {
        /** Rows, or none. */
        record Rows(QueryResult result) implements Result {}

        /** An error, or more time or rows than allowed. */
        record Failed() implements Result {}
    }
}
