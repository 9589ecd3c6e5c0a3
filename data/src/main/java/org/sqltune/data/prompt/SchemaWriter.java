package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.Table;

/** Writes schemas in one format: equal schemas give equal texts, and nothing but the schema goes into them. */
interface SchemaWriter {
    /** Returns the writer of a format. */
    static SchemaWriter of(SchemaFormat format, SchemaDetail detail) {
        return switch (format) {
            case TABLE -> new TableLines(detail);
            case CREATE_TABLE -> new CreateTableStatements(detail);
            case COMPACT -> new CompactLines(detail);
        };
    }

    /** Returns what is shown. */
    SchemaDetail detail();

    /** Returns a table's line. */
    String table(Table table, SchemaIndex index);

    /** Returns a column as it stands in its table's line. */
    String column(Column column, SqlDialect dialect);

    /** Returns the whole schema, without a closing line break; empty without tables. */
    default String write(Schema schema) {
        SchemaIndex index = new SchemaIndex(schema);
        List<String> lines = new ArrayList<>();
        schema.tables().forEach(table -> lines.add(table(table, index)));
        lines.addAll(keys(index));
        return String.join("\n", lines);
    }

    /** Lines behind the tables; none where keys stand with their tables. */
    List<String> keys(SchemaIndex index);
}
