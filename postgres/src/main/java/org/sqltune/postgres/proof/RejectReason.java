package org.sqltune.postgres.proof;

import java.util.Locale;

/** Why a converted query isn't proved. */
public enum RejectReason {
    /** The database is missing. */
    NO_DATABASE,
    /** PostgreSQL rejected the database. */
    DATABASE_NOT_COPIED,
    /** The query fails in SQLite. */
    SQLITE_ERROR,
    /** The query can't be parsed. */
    PARSE,
    /** The query uses a construct that isn't converted. */
    CONVERSION,
    /** The converted query fails in PostgreSQL. */
    POSTGRES_ERROR,
    /** The rows differ: the conversion is wrong. */
    ROWS_DIFFER,
    /** The rows differ because SQLite took a value from an arbitrary row of a group. */
    FREE_ROW_OF_GROUP,
    /** The rows differ because a LIMIT cuts through tied rows. */
    TIED_LIMIT,
    /** One of the two queries exceeded the time limit. */
    TIMEOUT,
    /** A result is too large to compare. */
    TOO_LARGE;

    /** Returns the name in files and tables, such as {@code rows_differ}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
