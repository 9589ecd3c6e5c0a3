package org.sqltune.core.example;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;

/**
 * A question to answer with SQL.
 *
 * @param id unique within its batch
 * @param databaseId name of the database that the question is about; empty if unknown
 * @param question the question in natural language
 * @param schema the schema in the prompt
 * @param context further information on the question
 * @param ready what is asked instead of question and schema; null for the prompt that a template writes of them
 */
public record SqlQuestion(
        String id,
        String databaseId,
        String question,
        SchemaContent schema,
        QuestionContext context,
        @Nullable ReadyPrompt ready) {

    /** A question that a template writes into a prompt. */
    public SqlQuestion(String id, String databaseId, String question, SchemaContent schema, QuestionContext context) {
        this(id, databaseId, question, schema, context, null);
    }

    /** A prompt of the user's own. */
    public static SqlQuestion of(String id, ReadyPrompt ready) {
        return new SqlQuestion(id, "", ready.last(), new VerbatimSchema(""), QuestionContext.NONE, ready);
    }

    /** A question without context. */
    public SqlQuestion(String id, String databaseId, String question, SchemaContent schema) {
        this(id, databaseId, question, schema, QuestionContext.NONE);
    }

    /** Returns the question with another context. */
    public SqlQuestion withContext(QuestionContext other) {
        return new SqlQuestion(id, databaseId, question, schema, other, ready);
    }
}
