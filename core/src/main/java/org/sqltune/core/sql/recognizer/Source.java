package org.sqltune.core.sql.recognizer;

import org.sqltune.core.sql.recognizer.name.Columns;

/**
 * Something that FROM reads rows of.
 *
 * @param calledBy what qualifies its columns, as names are compared; empty for a query without alias
 */
record Source(String calledBy, Columns columns) {}
