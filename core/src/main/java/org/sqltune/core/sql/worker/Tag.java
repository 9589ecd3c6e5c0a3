package org.sqltune.core.sql.worker;

/** What comes next in an answer; one byte. */
final class Tag {
    /** The worker is ready. */
    static final int READY = 'R';
    /** How many columns, and their names. */
    static final int COLUMNS = 'C';

    static final int NULL = 'N';
    static final int LONG = 'L';
    static final int DOUBLE = 'D';
    static final int TEXT = 'S';
    static final int BLOB = 'B';

    /** The end of a whole result. */
    static final int COMPLETE = 'E';
    /** The end of a result that a limit cut off. */
    static final int TRUNCATED = 'T';
    /** The end of a query that failed: kind and message. */
    static final int FAILURE = 'F';

    private Tag() {}
}
