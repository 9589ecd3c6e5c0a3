/**
 * SQLite's tables as PostgreSQL's: types decided from what was declared and from the values that are there, names quoted
 * where PostgreSQL needs it, keys where the data keeps them; and the rows copied over.
 */
@NullMarked
package org.sqltune.postgres.schema;

import org.jspecify.annotations.NullMarked;
