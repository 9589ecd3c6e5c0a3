/**
 * Converts data sets from SQLite to PostgreSQL: converts schemas and queries, copies the data to a PostgreSQL server,
 * and keeps only queries that return the same rows there.
 */
@NullMarked
package org.sqltune.postgres;

import org.jspecify.annotations.NullMarked;
