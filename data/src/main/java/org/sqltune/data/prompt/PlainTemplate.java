package org.sqltune.data.prompt;

import java.util.stream.Collectors;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlQuestion;

/**
 * The beginning of an SQL script: CREATE TABLE statements and the question as a comment, completed by SQL.
 *
 * @param schemas writes the schema, as SQL
 */
public record PlainTemplate(SchemaSerializer schemas) implements PromptTemplate {
    @Override
    public String prefix(SqlQuestion question) {
        return PromptText.section("", schemas.serialize(question.schema(), question.question())) + "\n";
    }

    @Override
    public String request(SqlQuestion question) {
        return (PromptText.hints(question, schemas.valueLinks()) + PromptText.question(question))
                .lines()
                .map(line -> "-- " + line + "\n")
                .collect(Collectors.joining());
    }

    @Override
    public String completion(Example example) {
        return example.sql();
    }
}
