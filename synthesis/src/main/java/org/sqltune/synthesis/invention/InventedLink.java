package org.sqltune.synthesis.invention;

/**
 * A reference from one invented table to another.
 *
 * @param child the referring table
 * @param childColumn the referring column
 * @param parent the table referred to
 * @param parentColumn the column referred to, the parent's key
 */
public record InventedLink(InventedTable child, String childColumn, InventedTable parent, String parentColumn) {}
