package org.sqltune.core.sql.syntax;

import org.sqltune.core.SqlTuneException;

/** A text that isn't a query in SQLite's grammar, or uses a part of it that isn't read. One line. */
public final class SqlSyntaxException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    /** @param message one line: what was found, and where */
    public SqlSyntaxException(String message) {
        super(message);
    }
}
