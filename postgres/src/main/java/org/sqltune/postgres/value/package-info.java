/** Converted expressions: their types in SQLite and PostgreSQL, casts and comparisons. */
@NullMarked
package org.sqltune.postgres.value;

import org.jspecify.annotations.NullMarked;
