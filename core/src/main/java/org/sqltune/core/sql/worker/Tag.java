package org.sqltune.core.sql.worker;

/** One-byte tags that say what follows in an answer. */
final class Tag {
    /** The worker is ready. */
    static final int READY = 'R';
    /** The number of columns and their names. */
    static final int COLUMNS = 'C';

    static final int NULL = 'N';
    static final int LONG = 'L';
    static final int DOUBLE = 'D';
    static final int TEXT = 'S';
    static final int BLOB = 'B';

    /** The end of a complete result. */
    static final int COMPLETE = 'E';
    /** The end of a result that a limit truncated. */
    static final int TRUNCATED = 'T';
    /** The failure of a query: its kind and message follow. */
    static final int FAILURE = 'F';

    private Tag() {}
}
