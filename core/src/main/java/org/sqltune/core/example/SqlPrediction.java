package org.sqltune.core.example;

/**
 * A predictor's answer.
 *
 * @param id the question's id
 * @param sql the SQL, trimmed, without fence or closing semicolon
 * @param generatedTokens tokens that were generated for it
 * @param seconds wall-clock time spent on it, in seconds
 */
public record SqlPrediction(String id, String sql, int generatedTokens, double seconds) {}
