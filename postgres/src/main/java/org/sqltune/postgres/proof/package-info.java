/**
 * Runs untrusted queries on PostgreSQL, read-only and within limits: on a copy of an SQLite database, to prove a
 * conversion by comparing both results, or on the user's own database.
 */
@NullMarked
package org.sqltune.postgres.proof;

import org.jspecify.annotations.NullMarked;
