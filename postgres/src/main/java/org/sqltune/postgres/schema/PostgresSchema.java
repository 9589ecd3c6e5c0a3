package org.sqltune.postgres.schema;

import java.util.List;
import java.util.Optional;
import org.sqltune.core.schema.ForeignKey;

/**
 * A database of SQLite as PostgreSQL is to hold it.
 *
 * @param databaseId the database's name
 * @param tables in the database's order
 * @param foreignKeys in SQLite's names; those that the data doesn't keep are left out when it is copied
 * @param widenedColumns {@code table.column} of those whose values didn't fit the declared type
 */
public record PostgresSchema(
        String databaseId, List<PostgresTable> tables, List<ForeignKey> foreignKeys, List<String> widenedColumns) {
    public PostgresSchema {
        tables = List.copyOf(tables);
        foreignKeys = List.copyOf(foreignKeys);
        widenedColumns = List.copyOf(widenedColumns);
    }

    /** Returns the table of that name in SQLite, case ignored. */
    public Optional<PostgresTable> table(String sqliteName) {
        return tables.stream()
                .filter(table -> table.sqliteName().equalsIgnoreCase(sqliteName))
                .findFirst();
    }
}
