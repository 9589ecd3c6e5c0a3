package org.sqltune.core.sql.worker;

import org.sqltune.core.SqlTuneException;

/** A worker's process didn't get ready. */
final class WorkerStartException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    WorkerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
