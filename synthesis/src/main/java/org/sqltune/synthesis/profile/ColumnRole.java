package org.sqltune.synthesis.profile;

/** What a column is for, which decides what can be asked of it. */
public enum ColumnRole {
    /** Identifies a row, or refers to one. */
    KEY,
    /** What people call a row: a name or a title. */
    NAME,
    /** Text of few values that repeat. */
    CATEGORY,
    /** Other text. */
    TEXT,
    /** Numbers. */
    NUMBER,
    /** Dates written {@code YYYY-MM-DD}, perhaps with a time. */
    DATE,
    /** Blobs, mixed types, or nothing at all: can be shown and no more. */
    OTHER
}
