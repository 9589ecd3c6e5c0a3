package org.sqltune.data.prompt;

import java.util.function.ToIntFunction;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.example.ReadyPrompt;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.sql.JdbcUrls;
import org.sqltune.data.prompt.answer.GeneratedSql;
import org.sqltune.data.prompt.places.PromptPlaces;

/**
 * Turns questions into prompts and gold SQL into completions. A prompt is {@link #prefix} followed by {@link
 * #request}; the tokenizer adds special tokens.
 */
public sealed interface PromptTemplate
        permits InstTemplate, ExpertTemplate, PostgresTemplate, PlainTemplate, OwnTemplate, ChatPrompt {
    /**
     * Returns the template of a form.
     *
     * @param format one of the four forms
     * @param schemaFormat how schemas are written; {@link PromptFormat#PLAIN} always writes CREATE TABLE
     */
    static PromptTemplate of(PromptFormat format, SchemaFormat schemaFormat) {
        return of(format, schemaFormat, SchemaSettings.DEFAULTS, TokenEstimate::of);
    }

    /**
     * Returns the template that the settings name, not wrapped in a chat template; estimates the tokens of schemas if
     * they are limited.
     */
    static PromptTemplate of(DataSettings settings) {
        return of(settings, TokenEstimate::of);
    }

    /**
     * Returns the template that the settings name, not wrapped in a chat template.
     *
     * @param tokens counts a text's tokens, for {@link SchemaSettings#schemaMaxTokens()}
     * @throws org.sqltune.core.SqlTuneException if it is the user's own and can't be read or has invalid placeholders
     */
    static PromptTemplate of(DataSettings settings, ToIntFunction<String> tokens) {
        String own = settings.templates().promptTemplate();
        if (settings.promptFormat() != PromptFormat.TEMPLATE || own == null) {
            return of(settings.promptFormat(), settings.schemaFormat(), settings.schemas(), tokens);
        }
        String database = settings.source().database();
        boolean postgres = database != null && JdbcUrls.isPostgres(database);
        PromptPlaces places = PromptPlaces.read(own);
        if (settings.knowledge().tellsAnything() && !places.used().contains(PromptPlaces.KNOWLEDGE)) {
            throw new SqlTuneException("A glossary, examples or documentation is set, but data.prompt_template has no"
                    + " place {knowledge} to show it: add it");
        }
        return OwnTemplate.of(
                places,
                postgres ? OwnTemplate.POSTGRES : OwnTemplate.SQLITE,
                settings.schemaFormat(),
                settings.schemas(),
                tokens);
    }

    /**
     * Returns the template of a form.
     *
     * @param format one of SqlTune's own four forms
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
            case TEMPLATE -> throw new IllegalArgumentException("The user's own template is none of SqlTune's forms");
        };
    }

    /**
     * Returns the schema format that a form uses when {@code asked} is requested: {@link PromptFormat#PLAIN} is
     * always SQL.
     */
    static SchemaFormat schemaFormat(PromptFormat form, SchemaFormat asked) {
        return form == PromptFormat.PLAIN ? SchemaFormat.CREATE_TABLE : asked;
    }

    /**
     * Returns the part that all questions of one schema share: instruction and schema, unless the schema was
     * shortened for the question. Ends with a line break.
     */
    String prefix(SqlQuestion question);

    /** Returns the part that depends on the question. */
    String request(SqlQuestion question);

    /** Returns the whole prompt; for a ready text the text itself. */
    default String render(SqlQuestion question) {
        ReadyPrompt ready = question.ready();
        return ready == null ? prefix(question) + request(question) : ready.last();
    }

    /** Returns the expected answer to {@code render(example.toQuestion())}. */
    String completion(Example example);

    /** Returns an example as prompt and completion. */
    default PromptCompletion promptCompletion(Example example) {
        return new PromptCompletion(example.id(), render(example.toQuestion()), completion(example));
    }

    /**
     * Returns whether a prompt already has its special tokens, written by a chat template, so that the tokenizer adds
     * none.
     */
    default boolean isChat(SqlQuestion question) {
        return false;
    }

    /**
     * Returns the SQL in a model's answer: the inverse of {@link #completion} for SQL that is one statement, doesn't
     * begin with a comment and has no white space around it.
     *
     * @param generated an answer to a prompt of this form, possibly with a fence, an explanation, the prompt's end
     *     before it or other text after it
     * @return the first statement without its closing semicolon; the unchanged answer if there is none
     */
    default String extractSql(String generated) {
        return GeneratedSql.firstStatement(generated);
    }
}
