package org.sqltune.core.schema;

/** What a prompt shows of a database: its structure, to be written in a chosen format, or a text given as it is. */
public sealed interface SchemaContent permits Schema, VerbatimSchema {
    /** The database's name, as in {@code db_id}; empty if unknown. */
    String databaseId();
}
