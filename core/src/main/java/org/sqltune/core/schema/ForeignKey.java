package org.sqltune.core.schema;

import java.util.List;

/**
 * A foreign key.
 *
 * @param table the referring table
 * @param columns the referring columns, in the key's order
 * @param referencedTable the table referred to
 * @param referencedColumns the column that each of {@code columns} refers to
 */
public record ForeignKey(String table, List<String> columns, String referencedTable, List<String> referencedColumns) {
    /** @throws IllegalArgumentException if there are no columns, or not as many on one side as on the other */
    public ForeignKey {
        columns = List.copyOf(columns);
        referencedColumns = List.copyOf(referencedColumns);
        if (columns.isEmpty() || columns.size() != referencedColumns.size()) {
            throw new IllegalArgumentException(
                    "A foreign key of " + columns.size() + " columns to " + referencedColumns.size());
        }
    }

    /** A key of one column. */
    public ForeignKey(String table, String column, String referencedTable, String referencedColumn) {
        this(table, List.of(column), referencedTable, List.of(referencedColumn));
    }

    /** Whether it has more than one column. */
    public boolean isComposite() {
        return columns.size() > 1;
    }

    /**
     * The referring column of a key that has one.
     *
     * @throws IllegalStateException if it has more
     */
    public String column() {
        return only(columns);
    }

    /**
     * The column referred to by a key that has one.
     *
     * @throws IllegalStateException if it has more
     */
    public String referencedColumn() {
        return only(referencedColumns);
    }

    /** Whether a table's column is one of the referring ones, case ignored. */
    public boolean refersFrom(String tableName, String column) {
        return table.equalsIgnoreCase(tableName) && columns.stream().anyMatch(column::equalsIgnoreCase);
    }

    private static String only(List<String> columns) {
        if (columns.size() > 1) {
            throw new IllegalStateException("The key has the columns " + columns);
        }
        return columns.get(0);
    }
}
