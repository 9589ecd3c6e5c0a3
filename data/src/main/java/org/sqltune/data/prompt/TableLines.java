package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

/**
 * {@code TABLE: singer ( id (integer, primary key), name (text) [the stage name] )}, and behind the tables {@code FOREIGN
 * KEY: concert.singer_id = singer.id}.
 *
 * @param detail what is shown
 */
record TableLines(SchemaDetail detail) implements SchemaWriter {
    @Override
    public String table(Table table, Schema schema) {
        return table.columns().stream()
                .map(this::column)
                .collect(Collectors.joining(", ", "TABLE: " + ColumnNotes.oneLine(table.name()) + " ( ", " )"));
    }

    @Override
    public String column(Column column) {
        List<String> brackets = new ArrayList<>();
        if (!column.type().isEmpty()) {
            brackets.add(ColumnNotes.oneLine(column.type()));
        }
        if (detail.primaryKeys() && column.primaryKey()) {
            brackets.add("primary key");
        }
        String notes = ColumnNotes.of(column, detail);
        return ColumnNotes.oneLine(column.name())
                + (brackets.isEmpty() ? "" : " (" + String.join(", ", brackets) + ")")
                + (notes.isEmpty() ? "" : " [" + notes + "]");
    }

    @Override
    public List<String> keys(Schema schema) {
        return detail.foreignKeys()
                ? schema.foreignKeys().stream()
                        .map(key -> ColumnNotes.oneLine("FOREIGN KEY: " + key.table() + "." + key.column() + " = "
                                + key.referencedTable() + "." + key.referencedColumn()))
                        .toList()
                : List.of();
    }
}
