package org.sqltune.core.example;

import org.sqltune.core.schema.SchemaContent;

/**
 * A question to be answered with SQL.
 *
 * @param id unique within its batch
 * @param databaseId the database it asks of; empty if unknown
 * @param question the question in natural language
 * @param schema what the prompt shows of the database
 * @param context what else is known of the question
 */
public record SqlQuestion(
        String id, String databaseId, String question, SchemaContent schema, QuestionContext context) {

    /** A question of which nothing else is known. */
    public SqlQuestion(String id, String databaseId, String question, SchemaContent schema) {
        this(id, databaseId, question, schema, QuestionContext.NONE);
    }
}
