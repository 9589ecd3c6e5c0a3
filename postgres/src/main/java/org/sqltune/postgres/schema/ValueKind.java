package org.sqltune.postgres.schema;

/** The kind of a converted expression's values: PostgreSQL's type, and its meaning in SQLite's arithmetic. */
public enum ValueKind {
    /** {@code boolean}; 1 and 0 in SQLite. */
    BOOLEAN,
    /** {@code integer}. */
    INTEGER,
    /** {@code bigint}. */
    BIGINT,
    /** {@code numeric} with whole numbers, which SQLite divides as integers. */
    WHOLE,
    /** {@code numeric} or {@code double precision}, whose whole numbers are integers in SQLite. */
    NUMERIC,
    /** {@code numeric} or {@code double precision}, always floating-point numbers in SQLite. */
    REAL,
    /** {@code text} or {@code varchar}. */
    TEXT,
    /** {@code date}; text in SQLite, {@code 2026-11-21}. */
    DATE,
    /** {@code timestamp}; text in SQLite, {@code 2026-11-21 08:30:00}. */
    TIMESTAMP,
    /** {@code bytea}. */
    BLOB,
    /** {@code text} that also holds numbers of SQLite. */
    MIXED,
    /** Only NULL. */
    NULL;

    /** Returns whether values are numbers in SQLite, which includes booleans. */
    public boolean isNumber() {
        return compareTo(REAL) <= 0;
    }

    /** Returns whether values are text in SQLite. */
    public boolean isText() {
        return this == TEXT || this == DATE || this == TIMESTAMP;
    }

    /** Returns whether all values are integers that PostgreSQL divides like SQLite. */
    public boolean isInteger() {
        return this == INTEGER || this == BIGINT;
    }
}
