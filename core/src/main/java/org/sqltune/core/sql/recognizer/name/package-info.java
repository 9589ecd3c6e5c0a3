/** The names that a query may use: tables and columns of a schema, functions and keywords, as tries and in every way of quoting. */
@NullMarked
package org.sqltune.core.sql.recognizer.name;

import org.jspecify.annotations.NullMarked;
