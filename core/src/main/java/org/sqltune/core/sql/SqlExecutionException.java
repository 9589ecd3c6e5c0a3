package org.sqltune.core.sql;

import org.sqltune.core.SqlTuneException;

/** A query that couldn't be run. The message is one line, mostly the database's own. */
public final class SqlExecutionException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /**
     * @param kind why
     * @param message one line
     */
    public SqlExecutionException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /**
     * @param kind why
     * @param message one line
     * @param cause what the driver reported
     */
    public SqlExecutionException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Why the query couldn't be run. */
    public Kind kind() {
        return kind;
    }

    /** Why a query couldn't be run. */
    public enum Kind {
        /** Empty, or something other than SELECT, WITH … SELECT or VALUES. */
        NOT_A_QUERY,
        /** A second statement follows. */
        SEVERAL_STATEMENTS,
        /** The grammar doesn't allow it. */
        SYNTAX,
        /** A table or view that the database lacks. */
        NO_SUCH_TABLE,
        /** A column that the tables lack. */
        NO_SUCH_COLUMN,
        /** Anything else the database objects to, such as an ambiguous column or an unknown function. */
        INVALID,
        /** Stopped at the time limit. */
        TIMEOUT,
        /** A value, the memory or the temporary disk space went beyond a limit. */
        TOO_LARGE,
        /** There is no such database file. */
        MISSING_DATABASE,
        /** The database file can't be read. */
        UNREADABLE_DATABASE
    }
}
