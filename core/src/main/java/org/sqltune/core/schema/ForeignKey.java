package org.sqltune.core.schema;

/**
 * One column that refers to another.
 *
 * @param table the referring table
 * @param column the referring column
 * @param referencedTable the table referred to
 * @param referencedColumn the column referred to
 */
public record ForeignKey(String table, String column, String referencedTable, String referencedColumn) {}
