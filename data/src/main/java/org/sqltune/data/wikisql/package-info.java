/** Reads the files of WikiSQL: questions, queries and tables. */
@NullMarked
package org.sqltune.data.wikisql;

import org.jspecify.annotations.NullMarked;
