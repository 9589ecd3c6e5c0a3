package org.sqltune.synthesis.profile;

/**
 * A reference from many rows to one.
 *
 * @param child the referring table
 * @param reference the referring column
 * @param parent the table referred to; another than {@code child}
 * @param key the column referred to
 */
public record Link(TableProfile child, ColumnProfile reference, TableProfile parent, ColumnProfile key) {}
