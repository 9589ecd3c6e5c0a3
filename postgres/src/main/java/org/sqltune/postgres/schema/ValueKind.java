package org.sqltune.postgres.schema;

/** What the values of a converted expression are: PostgreSQL's type, and how SQLite would reckon with them. */
public enum ValueKind {
    /** {@code boolean}; SQLite has 1 and 0. */
    BOOLEAN,
    /** {@code integer}. */
    INTEGER,
    /** {@code bigint}. */
    BIGINT,
    /** {@code numeric} that holds whole numbers, which SQLite divides as integers. */
    WHOLE,
    /** {@code numeric} or {@code double precision}, where whole numbers are integers to SQLite and others aren't. */
    NUMERIC,
    /** {@code numeric} or {@code double precision}, floating-point numbers to SQLite throughout. */
    REAL,
    /** {@code text} or {@code varchar}. */
    TEXT,
    /** {@code date}; SQLite has the same as text, {@code 2026-11-21}. */
    DATE,
    /** {@code timestamp}; SQLite has the same as text, {@code 2026-11-21 08:30:00}. */
    TIMESTAMP,
    /** {@code bytea}. */
    BLOB,
    /** {@code text} that also holds what are numbers in SQLite. */
    MIXED,
    /** NULL and nothing else. */
    NULL;

    /** Returns whether it is a number or, to SQLite, as good as one. */
    public boolean isNumber() {
        return compareTo(REAL) <= 0;
    }

    /** Returns whether SQLite has text. */
    public boolean isText() {
        return this == TEXT || this == DATE || this == TIMESTAMP;
    }

    /** Returns whether all of its values are integers that PostgreSQL divides as SQLite does. */
    public boolean isInteger() {
        return this == INTEGER || this == BIGINT;
    }
}
