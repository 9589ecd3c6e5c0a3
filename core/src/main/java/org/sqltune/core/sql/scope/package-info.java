/**
 * What the names in a query stand for: which sources and columns are visible where, by SQLite's rules, with and without a
 * known schema.
 */
@NullMarked
package org.sqltune.core.sql.scope;

import org.jspecify.annotations.NullMarked;
