package org.sqltune.synthesis.shape;

/**
 * A question and the query that answers it.
 *
 * @param question in natural language
 * @param sql without a closing semicolon
 */
public record QuestionAndSql(String question, String sql) {}
