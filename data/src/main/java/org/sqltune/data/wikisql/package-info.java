/** The files of WikiSQL. */
@NullMarked
package org.sqltune.data.wikisql;

import org.jspecify.annotations.NullMarked;
