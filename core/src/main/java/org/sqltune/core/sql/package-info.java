/**
 * Executes untrusted SQL: one read-only query at a time on an SQLite file, with limits on time, rows, memory and
 * temporary disk space. {@link org.sqltune.core.sql.QueryDatabases} is the interface through which scoring reaches
 * databases of any kind.
 */
@NullMarked
package org.sqltune.core.sql;

import org.jspecify.annotations.NullMarked;
