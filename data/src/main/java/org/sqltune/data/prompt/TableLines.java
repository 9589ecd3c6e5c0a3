package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.Table;

/**
 * Writes {@code TABLE: singer ( id (integer, primary key), name (text) [the stage name] )}, and after the tables
 * {@code FOREIGN KEY: concert.singer_id = singer.id}. Names are quoted where the database requires it, so that they
 * can be copied into SQL.
 *
 * @param detail the details to show
 */
record TableLines(SchemaDetail detail) implements SchemaWriter {
    @Override
    public String table(Table table, SchemaIndex index) {
        String beginning = (table.isView() ? "VIEW: " : "TABLE: ") + NameSpelling.inText(table.name(), index.dialect());
        return table.columns().stream()
                .map(column -> column(column, index.dialect()))
                .collect(Collectors.joining(", ", beginning + " ( ", " )"));
    }

    @Override
    public String column(Column column, SqlDialect dialect) {
        List<String> brackets = new ArrayList<>();
        if (!column.type().isEmpty()) {
            brackets.add(ColumnNotes.oneLine(column.type()));
        }
        if (detail.primaryKeys() && column.primaryKey()) {
            brackets.add("primary key");
        }
        String notes = ColumnNotes.of(column, detail);
        return NameSpelling.inText(column.name(), dialect)
                + (brackets.isEmpty() ? "" : " (" + String.join(", ", brackets) + ")")
                + (notes.isEmpty() ? "" : " [" + notes + "]");
    }

    @Override
    public List<String> keys(SchemaIndex index) {
        return detail.foreignKeys()
                ? index.schema().foreignKeys().stream()
                        .map(key -> "FOREIGN KEY: "
                                + NameSpelling.ends(key, " = ", name -> NameSpelling.inText(name, index.dialect())))
                        .toList()
                : List.of();
    }
}
