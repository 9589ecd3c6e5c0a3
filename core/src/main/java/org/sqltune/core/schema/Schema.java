package org.sqltune.core.schema;

import java.util.List;
import java.util.Optional;

/**
 * A database's structure.
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

    /** The table of that name, case ignored. */
    public Optional<Table> table(String name) {
        return tables.stream().filter(t -> t.name().equalsIgnoreCase(name)).findFirst();
    }
}
