package org.sqltune.data.prompt;

import java.util.function.ToIntFunction;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.example.SqlQuestion;

/**
 * How a question becomes a prompt and gold SQL a completion. A prompt is {@link #prefix} followed by {@link #request};
 * special tokens are the tokenizer's business.
 */
public sealed interface PromptTemplate permits InstTemplate, ExpertTemplate, PostgresTemplate, PlainTemplate {
    /**
     * The template of a form.
     *
     * @param format which of the four forms
     * @param schemaFormat how schemas are written; {@link PromptFormat#PLAIN} always writes CREATE TABLE
     */
    static PromptTemplate of(PromptFormat format, SchemaFormat schemaFormat) {
        return of(format, schemaFormat, SchemaSettings.DEFAULTS, TokenEstimate::of);
    }

    /** The template that the settings name; tokens of schemas are estimated where they are limited. */
    static PromptTemplate of(DataSettings settings) {
        return of(settings.promptFormat(), settings.schemaFormat(), settings.schemas(), TokenEstimate::of);
    }

    /**
     * The template of a form.
     *
     * @param format which of the four forms
     * @param schemaFormat how schemas are written; {@link PromptFormat#PLAIN} always writes CREATE TABLE
     * @param settings what schemas show
     * @param tokens counts a text's tokens, for {@link SchemaSettings#schemaMaxTokens()}
     */
    static PromptTemplate of(
            PromptFormat format, SchemaFormat schemaFormat, SchemaSettings settings, ToIntFunction<String> tokens) {
        SchemaSerializer serializer = new SchemaSerializer(schemaFormat(format, schemaFormat), settings, tokens);
        return switch (format) {
            case INST -> new InstTemplate(serializer);
            case EXPERT -> new ExpertTemplate(serializer, false);
            case POSTGRES -> new PostgresTemplate(serializer);
            case PLAIN -> new PlainTemplate(serializer);
        };
    }

    /** How a form writes schemas where {@code asked} is asked for: {@link PromptFormat#PLAIN} is SQL throughout. */
    static SchemaFormat schemaFormat(PromptFormat form, SchemaFormat asked) {
        return form == PromptFormat.PLAIN ? SchemaFormat.CREATE_TABLE : asked;
    }

    /**
     * The part that all questions of one schema share: instruction and schema, unless the schema was shortened for the
     * question. Ends a line.
     */
    String prefix(SqlQuestion question);

    /** The part that differs by question. */
    String request(SqlQuestion question);

    /** The whole prompt. */
    default String render(SqlQuestion question) {
        return prefix(question) + request(question);
    }

    /** What the model should answer to {@code render(example.toQuestion())}. */
    String completion(Example example);

    /** An example as prompt and completion. */
    default PromptCompletion promptCompletion(Example example) {
        return new PromptCompletion(example.id(), render(example.toQuestion()), completion(example));
    }

    /**
     * The SQL in a model's answer: the inverse of {@link #completion} for SQL that is one statement, doesn't begin with
     * a comment and has no white space around it.
     *
     * @param generated an answer to a prompt of this form, perhaps with a fence, an explanation, the prompt's tail
     *     before it or chatter after it
     * @return the first statement without its closing semicolon; where none is found, the answer as it is
     */
    default String extractSql(String generated) {
        return GeneratedSql.firstStatement(generated);
    }
}
