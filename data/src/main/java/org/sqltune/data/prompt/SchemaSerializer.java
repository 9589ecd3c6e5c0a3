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
 * Writes schemas for prompts, one line per table. {@link SchemaFormat#TABLE} shows names and types; {@link
 * SchemaFormat#CREATE_TABLE} is SQL that creates the tables in an empty database of the same kind, with primary and
 * foreign keys; {@link SchemaFormat#COMPACT} shows only names. Names are quoted where a query requires it. {@link
 * SchemaSettings} changes the details.
 *
 * <p>All questions of a schema get the same text, so that they share its computation, unless it is longer than {@link
 * SchemaSettings#schemaMaxTokens()}.
 */
public final class SchemaSerializer {
    private final SchemaWriter writer;
    private final SchemaDetail detail;
    private final @Nullable SchemaPruner pruner;
    private final int valueLinks;

    /** @param format the format, with its default details */
    public SchemaSerializer(SchemaFormat format) {
        this(format, SchemaSettings.DEFAULTS, TokenEstimate::of);
    }

    /** Creates a serializer with these settings; {@link TokenEstimate} counts tokens. */
    public SchemaSerializer(DataSettings settings) {
        this(settings.schemaFormat(), settings.schemas(), TokenEstimate::of);
    }

    /**
     * @param format the format of structured schemas
     * @param settings what schemas show
     * @param tokens counts a text's tokens, for {@link SchemaSettings#schemaMaxTokens()}
     */
    public SchemaSerializer(SchemaFormat format, SchemaSettings settings, ToIntFunction<String> tokens) {
        Integer most = settings.schemaMaxTokens();
        valueLinks = settings.valueLinks();
        detail = SchemaDetail.of(format, settings);
        writer = SchemaWriter.of(format, detail);
        pruner = most == null ? null : new SchemaPruner(writer, most, tokens);
    }

    /** Returns the maximal number of database values shown with a question that mentions them. */
    int valueLinks() {
        return valueLinks;
    }

    /**
     * Writes a whole schema.
     *
     * @param content a structured schema, or a text, which is returned stripped
     * @return lines without a closing line break; empty for a schema without tables
     */
    public String serialize(SchemaContent content) {
        return content instanceof VerbatimSchema verbatim ? verbatim.text().strip() : writer.write((Schema) content);
    }

    /**
     * Like {@link #serialize(SchemaContent)}, but shortens a schema that is too long to the part that the question is
     * about. Samples that aren't shown don't affect the selection.
     */
    public String serialize(SchemaContent content, String question) {
        return pruner != null && content instanceof Schema schema
                ? writer.write(pruner.prune(schema, question))
                : serialize(content);
    }

    /**
     * Returns sample values of the columns that {@link #serialize(SchemaContent, String)} shows.
     *
     * @return a line {@code singer.name: 'Joe', 'Ann'} for each column with samples; empty for a text
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
