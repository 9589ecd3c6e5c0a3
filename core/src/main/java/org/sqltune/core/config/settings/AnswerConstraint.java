package org.sqltune.core.config.settings;

/** What answers are kept to while they are written. */
public enum AnswerConstraint {
    /** Nothing. */
    NONE,
    /** Queries that SQLite prepares on the database: its grammar, and the names of the schema, where that is known. */
    SCHEMA
}
