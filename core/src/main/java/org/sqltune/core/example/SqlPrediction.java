package org.sqltune.core.example;

/**
 * A predictor's answer.
 *
 * @param id the question's id
 * @param sql the SQL, trimmed, without Markdown code fence and closing semicolon
 * @param generatedTokens number of tokens generated for this answer
 * @param seconds wall-clock seconds spent on this answer
 * @param cut whether the SQL ends only because no more tokens were allowed
 */
public record SqlPrediction(String id, String sql, int generatedTokens, double seconds, boolean cut) {
    /** An answer that ends where it ends by itself. */
    public SqlPrediction(String id, String sql, int generatedTokens, double seconds) {
        this(id, sql, generatedTokens, seconds, false);
    }
}
