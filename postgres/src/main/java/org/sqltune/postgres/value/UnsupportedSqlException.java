package org.sqltune.postgres.value;

import org.sqltune.core.SqlTuneException;

/** SQLite's SQL that isn't converted. One line. */
public final class UnsupportedSqlException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    /** @param message one line: the construct, and why it isn't converted */
    public UnsupportedSqlException(String message) {
        super(message);
    }
}
