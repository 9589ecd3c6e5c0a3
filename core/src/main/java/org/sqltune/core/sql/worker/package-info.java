/**
 * Executes untrusted SQL in separate processes, which can be killed and whose memory is limited. Callers use {@link
 * org.sqltune.core.sql.worker.SqliteWorkers}. The processes run {@link org.sqltune.core.sql.worker.WorkerMain}, which
 * reads requests from standard input and writes answers to standard output.
 */
@NullMarked
package org.sqltune.core.sql.worker;

import org.jspecify.annotations.NullMarked;
