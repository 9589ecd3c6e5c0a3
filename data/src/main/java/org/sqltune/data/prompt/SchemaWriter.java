package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.Table;

/** Writes schemas in one format. The text depends only on the schema, and equal schemas give equal texts. */
interface SchemaWriter {
    /** Returns the writer of a format. */
    static SchemaWriter of(SchemaFormat format, SchemaDetail detail) {
        return switch (format) {
            case TABLE -> new TableLines(detail);
            case CREATE_TABLE -> new CreateTableStatements(detail);
            case COMPACT -> new CompactLines(detail);
        };
    }

    /** Returns the details to show. */
    SchemaDetail detail();

    /** Returns a table's line. */
    String table(Table table, SchemaIndex index);

    /** Returns a column's text within its table's line. */
    String column(Column column, SqlDialect dialect);

    /** Returns the whole schema, without a closing line break; empty without tables. */
    default String write(Schema schema) {
        SchemaIndex index = new SchemaIndex(schema);
        List<String> lines = new ArrayList<>();
        schema.tables().forEach(table -> lines.add(table(table, index)));
        lines.addAll(keys(index));
        return String.join("\n", lines);
    }

    /** Returns the lines after the tables; empty if tables have their keys. */
    List<String> keys(SchemaIndex index);
}
