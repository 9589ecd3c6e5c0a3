/** Reads the user's own databases over JDBC: tables with types, keys, comments and sample values. */
@NullMarked
package org.sqltune.data.database;

import org.jspecify.annotations.NullMarked;
