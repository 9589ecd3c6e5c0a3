package org.sqltune.core.example;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.SchemaContent;

/**
 * A question with its gold SQL.
 *
 * @param id unique within its data set, such as {@code dev-17}
 * @param databaseId the database it asks of; empty if the data set names none
 * @param question the question in natural language
 * @param schema what the prompt shows of the database
 * @param sql the gold SQL, without a closing semicolon
 * @param category the query's kind; null to have it derived from the SQL
 * @param explanation a prose explanation of the SQL, where the data set has one
 * @param context what else the data set tells of the question
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

    /** What a predictor may see: everything but the answer. */
    public SqlQuestion toQuestion() {
        return new SqlQuestion(id, databaseId, question, schema, context);
    }
}
