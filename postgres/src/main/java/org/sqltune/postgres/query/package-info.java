/**
 * SQLite's queries in PostgreSQL. Every name is looked up in the converted schema first, so that every expression has a
 * type; what the two databases would do differently with these types is then written out, and jOOQ spells the result.
 */
@NullMarked
package org.sqltune.postgres.query;

import org.jspecify.annotations.NullMarked;
