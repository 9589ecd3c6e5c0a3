package org.sqltune.data.prompt;

import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlQuestion;

/**
 * Mistral's instruction brackets, completed by only SQL. The bundled base model is trained with exactly this text:
 *
 * <pre>{@code
 * [INST] Write the SQL query.
 * Schema:
 * TABLE: customers ( customer_id (integer), name (text) )
 * Question: How many customers are there? [/INST]
 * }</pre>
 *
 * @param schemas writes the schema
 */
public record InstTemplate(SchemaSerializer schemas) implements PromptTemplate {
    @Override
    public String prefix(SqlQuestion question) {
        return "[INST] Write the SQL query.\n"
                + PromptText.section("Schema:\n", schemas.serialize(question.schema(), question.question()));
    }

    @Override
    public String request(SqlQuestion question) {
        return PromptText.hints(question, schemas.valueLinks()) + "Question: " + PromptText.question(question)
                + " [/INST]";
    }

    @Override
    public String completion(Example example) {
        return example.sql();
    }
}
