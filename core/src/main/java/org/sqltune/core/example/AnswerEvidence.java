package org.sqltune.core.example;

/**
 * What speaks for an answer.
 *
 * @param candidates how many answers were written
 * @param agreed how many of them give this one's result, itself included
 * @param share these candidates' share of the votes, in [0, 1]
 * @param meanLogprob mean log-probability of the answer's tokens, at most 0
 * @param minLogprob the least of them
 * @param outcome what its query gave
 */
public record AnswerEvidence(
        int candidates, int agreed, double share, double meanLogprob, double minLogprob, Outcome outcome) {
    /** What a query gave. */
    public enum Outcome {
        /** At least one row. */
        ROWS,
        /** No rows. */
        EMPTY,
        /** An error, or more time or rows than allowed. */
        FAILED,
        /** Nobody ran it. */
        NOT_RUN
    }

    /** The evidence for the only answer, whose query wasn't run. */
    public static AnswerEvidence alone(double meanLogprob, double minLogprob) {
        return new AnswerEvidence(1, 1, 1, meanLogprob, minLogprob, Outcome.NOT_RUN);
    }
}
