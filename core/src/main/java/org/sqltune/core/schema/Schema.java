package org.sqltune.core.schema;

import java.util.List;
import java.util.Optional;

/**
 * The structure of a database: tables, columns and foreign keys.
 *
 * @param databaseId the database's name, as in {@code db_id}
 * @param tables in the database's order, views behind the tables
 * @param foreignKeys in the database's order
 * @param dialect which database reads the names
 * @param types the declared types that columns have, each behind those that it uses
 * @param notes what the database has that the schema doesn't show, a sentence each
 */
public record Schema(
        String databaseId,
        List<Table> tables,
        List<ForeignKey> foreignKeys,
        SqlDialect dialect,
        List<DeclaredType> types,
        List<String> notes)
        implements SchemaContent {
    public Schema {
        tables = List.copyOf(tables);
        foreignKeys = List.copyOf(foreignKeys);
        types = List.copyOf(types);
        notes = List.copyOf(notes);
    }

    /** A schema in SQLite's names, of which everything is shown. */
    public Schema(String databaseId, List<Table> tables, List<ForeignKey> foreignKeys) {
        this(databaseId, tables, foreignKeys, SqlDialect.SQLITE, List.of(), List.of());
    }

    /** Returns the table of that name, ignoring case. */
    public Optional<Table> table(String name) {
        return tables.stream().filter(t -> t.name().equalsIgnoreCase(name)).findFirst();
    }

    /** Returns the schema with other tables. */
    public Schema withTables(List<Table> others) {
        return new Schema(databaseId, others, foreignKeys, dialect, types, notes);
    }

    /** Returns the schema with names that another database reads. */
    public Schema withDialect(SqlDialect other) {
        return new Schema(databaseId, tables, foreignKeys, other, types, notes);
    }
}
