package org.sqltune.core.schema;

import java.util.List;

/**
 * A table of a database, or a view.
 *
 * @param name as the database spells it
 * @param columns in the table's order
 * @param primaryKey the primary key's columns in the key's order, which can differ from the table's
 * @param form what it is made as
 */
public record Table(String name, List<Column> columns, List<String> primaryKey, TableForm form) {
    public Table {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /** A table of rows whose primary key has the order of its columns. */
    public Table(String name, List<Column> columns) {
        this(name, columns, keyOf(columns), TableForm.ROWS);
    }

    /** Whether it is a view. */
    public boolean isView() {
        return form instanceof TableForm.View;
    }

    /** Returns the table with other columns, whose names take their places in the primary key. */
    public Table withColumns(List<Column> others) {
        List<String> marked = keyOf(others);
        List<String> kept = primaryKey.stream().filter(marked::contains).toList();
        return new Table(name, others, kept.size() == marked.size() ? kept : marked, form);
    }

    /** Returns the table made as something else. */
    public Table withForm(TableForm other) {
        return new Table(name, columns, primaryKey, other);
    }

    private static List<String> keyOf(List<Column> columns) {
        return columns.stream().filter(Column::primaryKey).map(Column::name).toList();
    }
}
