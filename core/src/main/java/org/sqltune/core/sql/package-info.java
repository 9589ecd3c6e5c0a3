/**
 * Runs SQL that nobody has read: one read-only query at a time against a SQLite file, with limits on time, rows, memory
 * and temporary disk space. {@link org.sqltune.core.sql.QueryDatabases} is what scoring knows of databases of any kind.
 * Also the tokens of SQL, for whoever must look at a query without parsing it.
 */
@NullMarked
package org.sqltune.core.sql;

import org.jspecify.annotations.NullMarked;
