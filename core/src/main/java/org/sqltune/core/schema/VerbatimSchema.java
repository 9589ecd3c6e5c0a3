package org.sqltune.core.schema;

/**
 * A schema that came as text (a JSONL row, a command-line option) and goes into the prompt unchanged.
 *
 * @param text the schema as written
 */
public record VerbatimSchema(String text) implements SchemaContent {
    @Override
    public String databaseId() {
        return "";
    }
}
