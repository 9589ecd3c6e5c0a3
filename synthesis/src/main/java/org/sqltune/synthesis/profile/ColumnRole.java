package org.sqltune.synthesis.profile;

/** The role of a column, which determines the questions about it. */
public enum ColumnRole {
    /** Identifies a row, or refers to one. */
    KEY,
    /** Names a row, such as a name or a title. */
    NAME,
    /** Text with few, repeated values. */
    CATEGORY,
    /** Other text. */
    TEXT,
    /** Numbers. */
    NUMBER,
    /** Dates in the form {@code YYYY-MM-DD}, optionally with a time. */
    DATE,
    /** Blobs, mixed types, or no values: queries may only select it. */
    OTHER
}
