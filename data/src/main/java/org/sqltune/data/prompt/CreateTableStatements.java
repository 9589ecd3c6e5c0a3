package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;

/**
 * SQL that SQLite and PostgreSQL run, a line a table, with names quoted where needed; comments and samples are SQL
 * comments behind their column.
 *
 * @param detail what is shown
 */
record CreateTableStatements(SchemaDetail detail) implements SchemaWriter {
    @Override
    public String table(Table table, Schema schema) {
        List<String> primaryKey = table.columns().stream()
                .filter(column -> detail.primaryKeys() && column.primaryKey())
                .map(column -> SqlIdentifiers.quotedIfNeeded(column.name()))
                .toList();
        List<String> parts = new ArrayList<>();
        for (Column column : table.columns()) {
            boolean alone = primaryKey.size() == 1 && column.primaryKey();
            parts.add(definition(column, alone ? " PRIMARY KEY" : ""));
        }
        if (primaryKey.size() > 1) {
            parts.add("PRIMARY KEY (" + String.join(", ", primaryKey) + ")");
        }
        for (ForeignKey key : schema.foreignKeys()) {
            if (detail.foreignKeys() && key.table().equalsIgnoreCase(table.name())) {
                parts.add(foreignKey(key));
            }
        }
        return "CREATE TABLE " + SqlIdentifiers.quotedIfNeeded(table.name()) + " (" + String.join(", ", parts) + ");";
    }

    @Override
    public String column(Column column) {
        return definition(column, "");
    }

    @Override
    public List<String> keys(Schema schema) {
        return List.of();
    }

    private String definition(Column column, String key) {
        String type = column.type().isEmpty() ? "" : " " + ColumnNotes.oneLine(column.type());
        String notes = ColumnNotes.of(column, detail).replace("*/", "* /");
        return SqlIdentifiers.quotedIfNeeded(column.name())
                + type
                + key
                + (notes.isEmpty() ? "" : " /* " + notes + " */");
    }

    private static String foreignKey(ForeignKey key) {
        return "FOREIGN KEY (" + SqlIdentifiers.quotedIfNeeded(key.column()) + ") REFERENCES "
                + SqlIdentifiers.quotedIfNeeded(key.referencedTable()) + " ("
                + SqlIdentifiers.quotedIfNeeded(key.referencedColumn()) + ")";
    }
}
