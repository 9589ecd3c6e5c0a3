package org.sqltune.postgres;

import java.util.List;

/**
 * A database that was copied.
 *
 * @param databaseId its name
 * @param definition the statements that make it in PostgreSQL
 * @param schemaText the same for prompts: one statement a table
 * @param rows how many rows were copied
 * @param widenedColumns {@code table.column} of those whose values didn't fit the declared type
 * @param brokenKeys foreign keys that the data breaks and that were left out
 */
public record ConvertedDatabase(
        String databaseId,
        List<String> definition,
        String schemaText,
        long rows,
        List<String> widenedColumns,
        List<String> brokenKeys) {}
