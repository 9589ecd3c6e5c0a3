package org.sqltune.data.prompt;

import java.util.Map;
import java.util.function.ToIntFunction;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.data.prompt.places.PromptPlaces;

/**
 * The user's own prompt template, completed by only SQL. Questions of one schema share the computation of the text
 * before {@code {question}}.
 *
 * @param places the template with its placeholders
 * @param schemas writes the schema; without values if the template has a placeholder for them
 * @param values writes the values
 * @param dialect the value of {@code {dialect}}
 */
public record OwnTemplate(PromptPlaces places, SchemaSerializer schemas, SchemaSerializer values, String dialect)
        implements PromptTemplate {
    static final String SQLITE = "SQLite";
    static final String POSTGRES = "PostgreSQL";

    /**
     * Returns the template.
     *
     * @param schemaFormat the schema format
     * @param settings what schemas show
     * @param tokens counts a text's tokens, for {@link SchemaSettings#schemaMaxTokens()}
     * @throws SqlTuneException if there is a placeholder for values, but the settings show none
     */
    static OwnTemplate of(
            PromptPlaces places,
            String dialect,
            SchemaFormat schemaFormat,
            SchemaSettings settings,
            ToIntFunction<String> tokens) {
        SchemaSerializer all = new SchemaSerializer(schemaFormat, settings, tokens);
        if (!places.used().contains(PromptPlaces.VALUES)) {
            if (settings.valueLinks() > 0) {
                throw new SqlTuneException(
                        "data.value_links is " + settings.valueLinks() + ", but data.prompt_template has no"
                                + " place {values} to show them: add it, or set data.value_links=0");
            }
            return new OwnTemplate(places, all, all, dialect);
        }
        Integer samples = settings.schemaSampleValues();
        if ((samples == null || samples == 0) && settings.valueLinks() == 0) {
            throw new SqlTuneException("data.prompt_template has the place {values}, but data.schema_sample_values is "
                    + samples + ": set it to the number of values to show of each column, or remove the place");
        }
        SchemaSettings without = new SchemaSettings(
                settings.schemaPrimaryKeys(),
                settings.schemaForeignKeys(),
                settings.schemaComments(),
                0,
                settings.schemaMaxTokens());
        return new OwnTemplate(places, new SchemaSerializer(schemaFormat, without, tokens), all, dialect);
    }

    /**
     * Returns the text of a template with its dialect filled in, so that it no longer depends on the reader.
     *
     * @param fileOrText a value of {@code data.prompt_template}
     */
    public static String textFor(String fileOrText, boolean postgres) {
        return textOf(fileOrText).replace("{" + PromptPlaces.DIALECT + "}", postgres ? POSTGRES : SQLITE);
    }

    /**
     * Returns the text of a template, given as a file or as text.
     *
     * @throws SqlTuneException if the file can't be read
     */
    public static String textOf(String fileOrText) {
        return PromptPlaces.textOf(fileOrText);
    }

    @Override
    public String prefix(SqlQuestion question) {
        return places.filled(true, filling(question));
    }

    @Override
    public String request(SqlQuestion question) {
        return places.filled(false, filling(question));
    }

    private Map<String, String> filling(SqlQuestion question) {
        return Map.of(
                PromptPlaces.KNOWLEDGE,
                PromptText.knowledge(question),
                PromptPlaces.SCHEMA,
                schemas.serialize(question.schema(), question.question()),
                PromptPlaces.QUESTION,
                PromptText.question(question),
                PromptPlaces.VALUES,
                places.used().contains(PromptPlaces.VALUES) ? values(question) : "",
                PromptPlaces.DIALECT,
                dialect,
                PromptPlaces.DATABASE,
                question.databaseId());
    }

    /** Returns sample values of columns, and the values that the question seems to mention. */
    private String values(SqlQuestion question) {
        String ofColumns = values.values(question.schema(), question.question());
        String ofQuestion = PromptText.conditions(question, values.valueLinks());
        return ofColumns + (ofColumns.isEmpty() || ofQuestion.isEmpty() ? "" : "\n") + ofQuestion;
    }

    @Override
    public String completion(Example example) {
        return example.sql();
    }
}
