/**
 * SQLite's queries as trees: what was written, before any name is looked up. The grammar is that of <a
 * href="https://www.sqlite.org/lang_select.html">sqlite.org/lang_select.html</a> and <a
 * href="https://www.sqlite.org/lang_expr.html">lang_expr.html</a>, with SQLite's own precedence of operators.
 */
@NullMarked
package org.sqltune.core.sql.syntax;

import org.jspecify.annotations.NullMarked;
