package org.sqltune.data.prompt;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

/** Writes schemas in one format: equal schemas give equal texts, and nothing but the schema goes into them. */
interface SchemaWriter {
    /** The writer of a format. */
    static SchemaWriter of(SchemaFormat format, SchemaDetail detail) {
        return switch (format) {
            case TABLE -> new TableLines(detail);
            case CREATE_TABLE -> new CreateTableStatements(detail);
            case COMPACT -> new CompactLines(detail);
        };
    }

    /** A table's line. */
    String table(Table table, Schema schema);

    /** A column as it stands in its table's line. */
    String column(Column column);

    /** Lines behind the tables; none where keys stand with their tables. */
    List<String> keys(Schema schema);

    /** The whole schema, without a closing line break; empty without tables. */
    default String write(Schema schema) {
        return Stream.concat(schema.tables().stream().map(table -> table(table, schema)), keys(schema).stream())
                .collect(Collectors.joining("\n"));
    }
}
