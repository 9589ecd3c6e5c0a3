package org.sqltune.data.prompt;

import java.util.List;
import java.util.stream.Collectors;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.Table;

/**
 * Writes {@code singer(id*, name [the stage name])}, without types and with a star after a primary key; after the
 * tables {@code concert.singer_id -> singer.id}. Names are quoted where SQL requires it.
 *
 * @param detail the details to show
 */
record CompactLines(SchemaDetail detail) implements SchemaWriter {
    @Override
    public String table(Table table, SchemaIndex index) {
        return table.columns().stream()
                .map(column -> column(column, index.dialect()))
                .collect(Collectors.joining(", ", name(table.name(), index.dialect()) + "(", ")"));
    }

    @Override
    public String column(Column column, SqlDialect dialect) {
        String notes = ColumnNotes.of(column, detail);
        return name(column.name(), dialect)
                + (detail.primaryKeys() && column.primaryKey() ? "*" : "")
                + (notes.isEmpty() ? "" : " [" + notes + "]");
    }

    @Override
    public List<String> keys(SchemaIndex index) {
        return detail.foreignKeys()
                ? index.schema().foreignKeys().stream()
                        .map(key -> NameSpelling.ends(key, " -> ", name -> name(name, index.dialect())))
                        .toList()
                : List.of();
    }

    private static String name(String name, SqlDialect dialect) {
        return ColumnNotes.oneLine(NameSpelling.quoted(name, dialect));
    }
}
