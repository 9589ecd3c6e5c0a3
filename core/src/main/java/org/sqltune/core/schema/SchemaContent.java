package org.sqltune.core.schema;

/**
 * The schema in a prompt: either a structure, which is written in the configured format, or a text that is used
 * unchanged.
 */
public sealed interface SchemaContent permits Schema, VerbatimSchema {
    /** Returns the database's name, as in {@code db_id}; empty if unknown. */
    String databaseId();
}
