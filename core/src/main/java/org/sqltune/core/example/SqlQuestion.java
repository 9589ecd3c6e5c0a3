package org.sqltune.core.example;

import org.sqltune.core.schema.SchemaContent;

/**
 * A question to answer with SQL.
 *
 * @param id unique within its batch
 * @param databaseId name of the database that the question is about; empty if unknown
 * @param question the question in natural language
 * @param schema the schema in the prompt
 * @param context further information on the question
 */
public record SqlQuestion(
        String id, String databaseId, String question, SchemaContent schema, QuestionContext context) {

    /** A question without context. */
    public SqlQuestion(String id, String databaseId, String question, SchemaContent schema) {
        this(id, databaseId, question, schema, QuestionContext.NONE);
    }

    /** Returns the question with another context. */
    public SqlQuestion withContext(QuestionContext other) {
        return new SqlQuestion(id, databaseId, question, schema, other);
    }
}
