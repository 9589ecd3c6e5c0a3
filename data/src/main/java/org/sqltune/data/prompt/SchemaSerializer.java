package org.sqltune.data.prompt;

import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;

/**
 * Writes schemas into prompts, a line a table. {@link SchemaFormat#TABLE} shows names and types; {@link
 * SchemaFormat#CREATE_TABLE} is SQL that makes the tables on an empty database of the same kind, with primary and foreign
 * keys; {@link SchemaFormat#COMPACT} is names alone. Names are quoted where a query needs it. {@link SchemaSettings} changes what is shown.
 *
 * <p>All questions of a schema get the same text, so that they share its computation, unless it is longer than {@link
 * SchemaSettings#schemaMaxTokens()}.
 */
public final class SchemaSerializer {
    private final SchemaWriter writer;
    private final SchemaDetail detail;
    private final @Nullable SchemaPruner pruner;
    private final int valueLinks;

    /** @param format how structured schemas are written, with what the format is used to show */
    public SchemaSerializer(SchemaFormat format) {
        this(format, SchemaSettings.DEFAULTS, TokenEstimate::of);
    }

    /** As the settings say; tokens are estimated by {@link TokenEstimate}. */
    public SchemaSerializer(DataSettings settings) {
        this(settings.schemaFormat(), settings.schemas(), TokenEstimate::of);
    }

    /**
     * @param format how structured schemas are written
     * @param settings what they show
     * @param tokens counts a text's tokens, for {@link SchemaSettings#schemaMaxTokens()}
     */
    public SchemaSerializer(SchemaFormat format, SchemaSettings settings, ToIntFunction<String> tokens) {
        Integer most = settings.schemaMaxTokens();
        valueLinks = settings.valueLinks();
        detail = SchemaDetail.of(format, settings);
        writer = SchemaWriter.of(format, detail);
        pruner = most == null ? null : new SchemaPruner(writer, most, tokens);
    }

    /** Returns how many values of the database that a question seems to speak of are shown with it, at most. */
    int valueLinks() {
        return valueLinks;
    }

    /**
     * Writes a whole schema.
     *
     * @param content a structured schema, or a text, which is returned without the white space around it
     * @return lines without a closing line break; empty for a schema without tables
     */
    public String serialize(SchemaContent content) {
        return content instanceof VerbatimSchema verbatim ? verbatim.text().strip() : writer.write((Schema) content);
    }

    /**
     * Like {@link #serialize(SchemaContent)}, without what the question isn't about where the whole is too long. Values that
     * aren't shown don't decide what that is.
     */
    public String serialize(SchemaContent content, String question) {
        return pruner != null && content instanceof Schema schema
                ? writer.write(pruner.prune(schema, question))
                : serialize(content);
    }

    /**
     * Values of the columns that {@link #serialize(SchemaContent, String)} shows.
     *
     * @return a line {@code singer.name: 'Joe', 'Ann'} for each column that has some; empty for a text
     */
    String values(SchemaContent content, String question) {
        if (!(content instanceof Schema schema)) {
            return "";
        }
        Schema shown = pruner == null ? schema : pruner.prune(schema, question);
        return shown.tables().stream()
                .flatMap(table -> table.columns().stream()
                        .filter(column -> !column.samples().isEmpty())
                        .map(column -> ColumnNotes.oneLine(table.name() + "." + column.name()) + ": "
                                + ColumnNotes.samples(column, detail)))
                .collect(Collectors.joining("\n"));
    }
}
