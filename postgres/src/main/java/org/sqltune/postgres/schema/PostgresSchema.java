package org.sqltune.postgres.schema;

import java.util.List;
import java.util.Optional;
import org.jooq.DataType;
import org.jooq.Name;
import org.sqltune.core.schema.ForeignKey;

/**
 * The schema of an SQLite database converted to PostgreSQL.
 *
 * @param databaseId the database's id
 * @param tables in the database's order
 * @param foreignKeys the foreign keys in SQLite's names; a copy leaves out those that the data violates
 * @param widenedColumns columns, as {@code table.column}, whose values didn't fit the declared type
 */
public record PostgresSchema(
        String databaseId, List<PostgresTable> tables, List<ForeignKey> foreignKeys, List<String> widenedColumns) {
    public PostgresSchema {
        tables = List.copyOf(tables);
        foreignKeys = List.copyOf(foreignKeys);
        widenedColumns = List.copyOf(widenedColumns);
    }

    /** Returns the table with this name in SQLite, ignoring case. */
    public Optional<PostgresTable> table(String sqliteName) {
        return tables.stream()
                .filter(table -> table.sqliteName().equalsIgnoreCase(sqliteName))
                .findFirst();
    }

    /**
     * A converted column.
     *
     * @param sqliteName the name in SQLite
     * @param name the name in PostgreSQL, quoted if necessary
     * @param type PostgreSQL's type
     * @param kind the kind of its values for SQLite
     * @param affinity SQLite's affinity of the column
     * @param nullable whether it contains a NULL
     * @param facts facts about its texts
     */
    public record PostgresColumn(
            String sqliteName,
            Name name,
            DataType<?> type,
            ValueKind kind,
            Affinity affinity,
            boolean nullable,
            TextFacts facts) {}

    /**
     * A converted table.
     *
     * @param sqliteName the name in SQLite
     * @param name the name in PostgreSQL, quoted if necessary
     * @param columns in the table's order
     * @param primaryKey the primary key's columns in SQLite's names; empty if there is none, or if it contains NULLs
     */
    public record PostgresTable(String sqliteName, Name name, List<PostgresColumn> columns, List<String> primaryKey) {
        public PostgresTable {
            columns = List.copyOf(columns);
            primaryKey = List.copyOf(primaryKey);
        }
    }
}
