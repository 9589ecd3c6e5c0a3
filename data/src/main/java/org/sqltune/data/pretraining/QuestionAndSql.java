package org.sqltune.data.pretraining;

/**
 * A question and the query that answers it.
 *
 * @param question in natural language
 * @param sql without a closing semicolon
 */
record QuestionAndSql(String question, String sql) {}
