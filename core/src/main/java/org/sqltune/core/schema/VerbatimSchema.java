package org.sqltune.core.schema;

/**
 * A schema given as text, by a JSONL row or a command-line option. The prompt contains it unchanged.
 *
 * @param text the schema as written
 */
public record VerbatimSchema(String text) implements SchemaContent {
    @Override
    public String databaseId() {
        return "";
    }
}
