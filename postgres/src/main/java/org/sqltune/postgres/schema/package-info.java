/**
 * Converts SQLite's tables to PostgreSQL and copies their rows. Types follow from the declared types and the actual
 * values; names are quoted where PostgreSQL requires it; keys are kept if the data satisfies them.
 */
@NullMarked
package org.sqltune.postgres.schema;

import org.jspecify.annotations.NullMarked;
