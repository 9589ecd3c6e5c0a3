package org.sqltune.postgres.schema;

import java.util.List;
import org.jooq.Name;

/**
 * A converted table.
 *
 * @param sqliteName its name in SQLite
 * @param name its name in PostgreSQL, quoted where needed
 * @param columns in the table's order
 * @param primaryKey SQLite's names of the primary key's columns; empty if there is none, or if it holds NULLs
 */
public record PostgresTable(String sqliteName, Name name, List<PostgresColumn> columns, List<String> primaryKey) {
    public PostgresTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }
}
