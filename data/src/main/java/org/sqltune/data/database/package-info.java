/**
 * Databases of the user's own, read over JDBC: their tables with types, keys, comments and values that occur.
 */
@NullMarked
package org.sqltune.data.database;

import org.jspecify.annotations.NullMarked;
