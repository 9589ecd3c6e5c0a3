/**
 * Generates question and SQL pairs for any database that has rows. {@code profile} analyses its columns, {@code
 * grammar} builds SQL and its meaning, {@code phrasing} expresses the meaning in English; this package draws queries,
 * runs them and filters them.
 */
@NullMarked
package org.sqltune.synthesis;

import org.jspecify.annotations.NullMarked;
