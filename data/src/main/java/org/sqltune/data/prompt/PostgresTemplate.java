package org.sqltune.data.prompt;

import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlQuestion;

/**
 * Mistral's instruction brackets around a PostgreSQL expert's instruction with the database's name, completed by SQL
 * with a closing semicolon.
 *
 * @param schemas writes the schema
 */
public record PostgresTemplate(SchemaSerializer schemas) implements PromptTemplate {
    @Override
    public String prefix(SqlQuestion question) {
        return "[INST] You are a PostgreSQL expert. Write one PostgreSQL query that answers the question.\n"
                + PromptText.section("Database: ", question.databaseId())
                + PromptText.section("", schemas.serialize(question.schema(), question.question()));
    }

    @Override
    public String request(SqlQuestion question) {
        return PromptText.hints(question, schemas.valueLinks()) + "Question: " + PromptText.question(question)
                + " [/INST]";
    }

    @Override
    public String completion(Example example) {
        String sql = example.sql();
        // On the line of a closing comment the semicolon would belong to the comment.
        return sql.substring(sql.lastIndexOf('\n') + 1).contains("--") ? sql + "\n;" : sql + ";";
    }
}
