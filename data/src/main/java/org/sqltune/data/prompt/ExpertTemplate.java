package org.sqltune.data.prompt;

import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.example.SqlQuestion;

/**
 * An expert's instruction, completed by fenced SQL and, if the data has one, an explanation. The question's domain
 * follows the schema, since it may differ between questions of one schema.
 *
 * @param schemas writes the schema
 * @param withComplexity whether the prompt has the complexity of the SQL. Data sets derive it from the gold SQL, so
 *     it is unknown for real questions, and {@link PromptTemplate#of} leaves it out
 */
public record ExpertTemplate(SchemaSerializer schemas, boolean withComplexity) implements PromptTemplate {
    @Override
    public String prefix(SqlQuestion question) {
        return "You are an expert SQL generator. Answer the request with one SQL query.\n"
                + PromptText.section("\nDatabase Schema:\n", schemas.serialize(question.schema(), question.question()))
                + "\n";
    }

    @Override
    public String request(SqlQuestion question) {
        QuestionContext context = question.context();
        return PromptText.section("Domain: ", context.domain())
                + PromptText.section("Complexity: ", withComplexity ? context.complexity() : "")
                + PromptText.hints(question, schemas.valueLinks())
                + "Request: " + PromptText.question(question) + "\n";
    }

    @Override
    public String completion(Example example) {
        String explanation = example.explanation();
        String fenced = "```sql\n" + example.sql() + "\n```";
        return explanation == null || explanation.isBlank() ? fenced : fenced + "\nExplanation: " + explanation.strip();
    }
}
