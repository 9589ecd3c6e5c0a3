/**
 * Conversions proved: a PostgreSQL server of one's own or an embedded one, queries run there as in SQLite, read-only and
 * within limits, and the two results compared.
 */
@NullMarked
package org.sqltune.data.postgres.proof;

import org.jspecify.annotations.NullMarked;
