/**
 * Converts SQLite's queries to PostgreSQL. It resolves every name in the converted schema, which gives every
 * expression a type, writes out what the two databases do differently with these types, and lets jOOQ format the SQL.
 */
@NullMarked
package org.sqltune.postgres.query;

import org.jspecify.annotations.NullMarked;
