/**
 * Queries that nobody has read, run on PostgreSQL read-only and within limits: on a copy of an SQLite database on a server
 * of one's own or an embedded one, to prove a conversion by comparing both results, or on a database of the user's own.
 */
@NullMarked
package org.sqltune.postgres.proof;

import org.jspecify.annotations.NullMarked;
