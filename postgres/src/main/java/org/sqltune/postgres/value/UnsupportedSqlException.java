package org.sqltune.postgres.value;

import org.sqltune.core.SqlTuneException;

/** Thrown for a construct of SQLite that can't be converted. */
public final class UnsupportedSqlException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    /** @param message one line that names the construct and the reason */
    public UnsupportedSqlException(String message) {
        super(message);
    }
}
