/**
 * Questions with SQL for SQLite as questions with SQL for PostgreSQL: schemas and queries converted, the data copied to a
 * PostgreSQL server, and only those queries kept that return the same rows there.
 */
@NullMarked
package org.sqltune.postgres;

import org.jspecify.annotations.NullMarked;
