package org.sqltune.postgres.proof;

import java.util.Locale;

/** Why a converted query isn't proved. */
public enum RejectReason {
    /** The database isn't there. */
    NO_DATABASE,
    /** PostgreSQL didn't take the database. */
    DATABASE_NOT_COPIED,
    /** The query fails in SQLite. */
    SQLITE_ERROR,
    /** The query can't be read. */
    PARSE,
    /** The query uses what isn't converted. */
    CONVERSION,
    /** The converted query fails in PostgreSQL. */
    POSTGRES_ERROR,
    /** The rows differ: the conversion is wrong. */
    ROWS_DIFFER,
    /** The rows differ because SQLite took a value from a row of a group that nothing prescribes. */
    FREE_ROW_OF_GROUP,
    /** The rows differ because a LIMIT cuts through rows that are tied. */
    TIED_LIMIT,
    /** One of the two took longer than allowed. */
    TIMEOUT,
    /** A result is too large to be compared. */
    TOO_LARGE;

    /** Returns the name in files and tables, such as {@code rows_differ}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
