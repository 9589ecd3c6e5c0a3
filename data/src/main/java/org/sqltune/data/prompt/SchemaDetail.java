package org.sqltune.data.prompt;

import java.util.Objects;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

/**
 * What is shown of a schema beside names and types.
 *
 * @param primaryKeys whether primary keys are
 * @param foreignKeys whether foreign keys are
 * @param comments whether columns' comments are
 * @param samples values of each column, at most
 */
public record SchemaDetail(boolean primaryKeys, boolean foreignKeys, boolean comments, int samples) {
    /**
     * Returns what the settings say of a format; CREATE TABLE has keys unless told otherwise, the others only if
     * told.
     */
    public static SchemaDetail of(SchemaFormat format, SchemaSettings settings) {
        boolean keys = format == SchemaFormat.CREATE_TABLE;
        return new SchemaDetail(
                Objects.requireNonNullElse(settings.schemaPrimaryKeys(), keys),
                Objects.requireNonNullElse(settings.schemaForeignKeys(), keys),
                settings.schemaComments(),
                Objects.requireNonNullElse(settings.schemaSampleValues(), Integer.MAX_VALUE));
    }
    /** Returns the schema without the values that aren't shown. */
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
