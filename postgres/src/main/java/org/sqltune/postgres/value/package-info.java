/** What a converted expression is: its type in SQLite and in PostgreSQL, its casts and comparisons. */
@NullMarked
package org.sqltune.postgres.value;

import org.jspecify.annotations.NullMarked;
