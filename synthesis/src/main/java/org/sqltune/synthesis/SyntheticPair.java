package org.sqltune.synthesis;

import org.sqltune.core.example.QueryCategory;

/**
 * A question with its SQL, generated from a template.
 *
 * @param question the question in English
 * @param sql the query without semicolon; it ran and returned an answer
 * @param category the query's category
 * @param templateId the id of its template
 * @param table the table that the query is about
 */
public record SyntheticPair(String question, String sql, QueryCategory category, String templateId, String table) {
    /** Returns the pair with another question. */
    public SyntheticPair withQuestion(String other) {
        return new SyntheticPair(other, sql, category, templateId, table);
    }
}
