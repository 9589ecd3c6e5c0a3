package org.sqltune.core.sql;

import org.sqltune.core.SqlTuneException;

/** Thrown when a query can't be executed. The message is one line, usually the database's own. */
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

    /** Returns why the query couldn't be executed. */
    public Kind kind() {
        return kind;
    }

    /** Reasons why a query couldn't be executed. */
    public enum Kind {
        /** The text is empty, or isn't SELECT, WITH … SELECT or VALUES. */
        NOT_A_QUERY,
        /** The text has more than one statement. */
        SEVERAL_STATEMENTS,
        /** The text doesn't match the grammar. */
        SYNTAX,
        /** The database lacks a table or view that the query names. */
        NO_SUCH_TABLE,
        /** The tables lack a column that the query names. */
        NO_SUCH_COLUMN,
        /**
         * The database rejects the query for another reason, for example an ambiguous column or an unknown function.
         */
        INVALID,
        /** The query was stopped at its time limit. */
        TIMEOUT,
        /** A value, the memory or the temporary disk space exceeded a limit. */
        TOO_LARGE,
        /** The database file doesn't exist. */
        MISSING_DATABASE,
        /** The database file can't be read. */
        UNREADABLE_DATABASE
    }
}
