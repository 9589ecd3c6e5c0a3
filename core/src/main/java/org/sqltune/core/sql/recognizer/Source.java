package org.sqltune.core.sql.recognizer;

/**
 * Something that FROM reads rows of.
 *
 * @param calledBy what qualifies its columns, as names are compared; empty for a query without alias
 */
record Source(String calledBy, Columns columns) {}
