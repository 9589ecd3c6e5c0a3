package org.sqltune.core.example;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.SchemaContent;

/**
 * A question with its gold SQL.
 *
 * @param id unique within its data set, for example {@code dev-17}
 * @param databaseId name of the database that the question is about; empty if the data set names none
 * @param question the question in natural language
 * @param schema the schema in the prompt
 * @param sql the gold SQL, without a closing semicolon
 * @param category the kind of query; null derives it from the SQL
 * @param explanation a prose explanation of the SQL; null if the data set has none
 * @param context further information from the data set
 */
public record Example(
        String id,
        String databaseId,
        String question,
        SchemaContent schema,
        String sql,
        @Nullable QueryCategory category,
        @Nullable String explanation,
        QuestionContext context) {

    /** An example without context. */
    public Example(
            String id,
            String databaseId,
            String question,
            SchemaContent schema,
            String sql,
            @Nullable QueryCategory category,
            @Nullable String explanation) {
        this(id, databaseId, question, schema, sql, category, explanation, QuestionContext.NONE);
    }

    /** An example with neither category nor explanation. */
    public Example(String id, String databaseId, String question, SchemaContent schema, String sql) {
        this(id, databaseId, question, schema, sql, null, null);
    }

    /** Returns the example by another id. */
    public Example withId(String other) {
        return new Example(other, databaseId, question, schema, sql, category, explanation, context);
    }

    /** Returns the example with another context. */
    public Example withContext(QuestionContext other) {
        return new Example(id, databaseId, question, schema, sql, category, explanation, other);
    }

    /** Returns the question without its answer, for a predictor. */
    public SqlQuestion toQuestion() {
        return new SqlQuestion(id, databaseId, question, schema, context);
    }
}
