/**
 * Runs SQL that nobody has read in processes of its own, which can be killed and whose memory is capped. {@link
 * org.sqltune.core.sql.worker.SqliteWorkers} is the whole of it for a user; {@link
 * org.sqltune.core.sql.worker.WorkerMain} is what the processes run: requests on standard input, answers on standard
 * output, one after the other.
 */
@NullMarked
package org.sqltune.core.sql.worker;

import org.jspecify.annotations.NullMarked;
