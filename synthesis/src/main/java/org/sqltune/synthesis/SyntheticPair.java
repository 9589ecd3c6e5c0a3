package org.sqltune.synthesis;

import org.sqltune.core.example.QueryCategory;

/**
 * A question with its SQL, made from a template.
 *
 * @param question the question in English
 * @param sql the query, without a semicolon; it ran and had an answer
 * @param category the query's kind
 * @param templateId the template that it was made from
 * @param table the table that the query is about
 */
public record SyntheticPair(String question, String sql, QueryCategory category, String templateId, String table) {}
