package org.sqltune.core.example;

import org.jspecify.annotations.Nullable;

/**
 * A predictor's answer.
 *
 * @param id the question's id
 * @param sql the SQL, trimmed, without Markdown code fence and closing semicolon
 * @param generatedTokens number of tokens generated for this answer
 * @param seconds wall-clock seconds spent on this answer
 * @param cut whether the SQL ends only because no more tokens were allowed
 * @param evidence what speaks for it; null if the predictor knows nothing
 * @param confidence the probability that it is right, in [0, 1]; null if nobody estimated it
 */
public record SqlPrediction(
        String id,
        String sql,
        int generatedTokens,
        double seconds,
        boolean cut,
        @Nullable AnswerEvidence evidence,
        @Nullable Double confidence) {
    /** An answer that ends where it ends by itself. */
    public SqlPrediction(String id, String sql, int generatedTokens, double seconds) {
        this(id, sql, generatedTokens, seconds, false);
    }

    /** An answer of which nothing more is known. */
    public SqlPrediction(String id, String sql, int generatedTokens, double seconds, boolean cut) {
        this(id, sql, generatedTokens, seconds, cut, null, null);
    }

    /** The same with what speaks for it. */
    public SqlPrediction withEvidence(@Nullable AnswerEvidence found) {
        return new SqlPrediction(id, sql, generatedTokens, seconds, cut, found, confidence);
    }

    /** The same with an estimate of the probability that it is right. */
    public SqlPrediction withConfidence(@Nullable Double probability) {
        return new SqlPrediction(id, sql, generatedTokens, seconds, cut, evidence, probability);
    }
}
