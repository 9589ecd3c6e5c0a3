package org.sqltune.data.prompt;

import java.util.List;
import java.util.stream.Collectors;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;

/**
 * {@code singer(id*, name [the stage name])}, without types, a star behind a primary key; behind the tables {@code
 * concert.singer_id -> singer.id}. Names are quoted where SQL would need it.
 *
 * @param detail what is shown
 */
record CompactLines(SchemaDetail detail) implements SchemaWriter {
    @Override
    public String table(Table table, Schema schema) {
        return table.columns().stream()
                .map(this::column)
                .collect(Collectors.joining(", ", name(table.name()) + "(", ")"));
    }

    @Override
    public String column(Column column) {
        String notes = ColumnNotes.of(column, detail);
        return name(column.name())
                + (detail.primaryKeys() && column.primaryKey() ? "*" : "")
                + (notes.isEmpty() ? "" : " [" + notes + "]");
    }

    @Override
    public List<String> keys(Schema schema) {
        return detail.foreignKeys()
                ? schema.foreignKeys().stream()
                        .map(key -> name(key.table()) + "." + name(key.column()) + " -> " + name(key.referencedTable())
                                + "." + name(key.referencedColumn()))
                        .toList()
                : List.of();
    }

    private static String name(String name) {
        return ColumnNotes.oneLine(SqlIdentifiers.quotedIfNeeded(name));
    }
}
