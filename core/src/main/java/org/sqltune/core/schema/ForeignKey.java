package org.sqltune.core.schema;

/**
 * A foreign key of one column. A key of several columns is a list of these.
 *
 * @param table the referring table
 * @param column the referring column
 * @param referencedTable the table referred to
 * @param referencedColumn the column referred to
 */
public record ForeignKey(String table, String column, String referencedTable, String referencedColumn) {}
