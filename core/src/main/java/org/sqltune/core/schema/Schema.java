package org.sqltune.core.schema;

import java.util.List;
import java.util.Optional;

/**
 * The structure of a database: tables, columns and foreign keys.
 *
 * @param databaseId the database's name, as in {@code db_id}
 * @param tables in the database's order
 * @param foreignKeys in the database's order
 */
public record Schema(String databaseId, List<Table> tables, List<ForeignKey> foreignKeys) implements SchemaContent {
    public Schema {
        tables = List.copyOf(tables);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** Returns the table of that name, ignoring case. */
    public Optional<Table> table(String name) {
        return tables.stream().filter(t -> t.name().equalsIgnoreCase(name)).findFirst();
    }
}
