package org.sqltune.data.prompt;

import java.util.Objects;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

/**
 * The details of a schema that prompts show besides names and types.
 *
 * @param primaryKeys whether to show primary keys
 * @param foreignKeys whether to show foreign keys
 * @param comments whether to show column comments
 * @param samples the maximal number of sample values per column
 */
public record SchemaDetail(boolean primaryKeys, boolean foreignKeys, boolean comments, int samples) {
    /**
     * Returns the details that the settings define for a format; by default CREATE TABLE shows keys and the other
     * formats don't.
     */
    public static SchemaDetail of(SchemaFormat format, SchemaSettings settings) {
        boolean keys = format == SchemaFormat.CREATE_TABLE;
        return new SchemaDetail(
                Objects.requireNonNullElse(settings.schemaPrimaryKeys(), keys),
                Objects.requireNonNullElse(settings.schemaForeignKeys(), keys),
                settings.schemaComments(),
                Objects.requireNonNullElse(settings.schemaSampleValues(), Integer.MAX_VALUE));
    }
    /** Returns the schema without samples that aren't shown. */
    Schema limitSamples(Schema schema) {
        boolean within = schema.tables().stream()
                .flatMap(table -> table.columns().stream())
                .allMatch(column -> column.samples().size() <= samples);
        return within
                ? schema
                : schema.withTables(
                        schema.tables().stream().map(this::limitSamples).toList());
    }

    private Table limitSamples(Table table) {
        return table.withColumns(table.columns().stream()
                .map(column -> column.withSamples(
                        column.samples().stream().limit(samples).toList()))
                .toList());
    }
}
