package org.sqltune.postgres.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.CreateTableElementListStep;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.impl.DSL;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.postgres.schema.PostgresSchema.PostgresColumn;
import org.sqltune.postgres.schema.PostgresSchema.PostgresTable;

/** The DDL of a converted schema. */
public final class SchemaDefinition {
    private final DSLContext writer = Postgres.formattedWriter();
    private final PostgresSchema schema;

    /** @param schema the converted schema */
    public SchemaDefinition(PostgresSchema schema) {
        this.schema = schema;
    }

    /** Returns one {@code CREATE TABLE} per table, with types and primary keys. */
    public List<String> createTables() {
        return schema.tables().stream().map(this::createTable).toList();
    }

    private String createTable(PostgresTable table) {
        CreateTableElementListStep create = writer.createTable(table.name());
        for (PostgresColumn column : table.columns()) {
            create = create.column(DSL.field(column.name(), column.type()), column.type());
        }
        List<Name> key = table.primaryKey().stream()
                .map(name -> columnName(table, name).orElseThrow())
                .toList();
        return (key.isEmpty() ? create : create.constraint(DSL.primaryKey(key.toArray(Name[]::new)))).getSQL();
    }

    /** Returns one {@code ALTER TABLE … ADD FOREIGN KEY} per foreign key, which may have several columns. */
    public List<String> addForeignKeys() {
        List<String> statements = new ArrayList<>();
        for (ForeignKey key : schema.foreignKeys()) {
            addForeignKey(key).ifPresent(statements::add);
        }
        return statements;
    }

    private Optional<String> addForeignKey(ForeignKey key) {
        Optional<PostgresTable> from = schema.table(key.table());
        Optional<PostgresTable> to = schema.table(key.referencedTable());
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        Name[] columns = columnNames(from.get(), key.columns());
        Name[] referenced = columnNames(to.get(), key.referencedColumns());
        if (columns.length < key.columns().size() || referenced.length < columns.length) {
            return Optional.empty();
        }
        return Optional.of(writer.alterTable(from.get().name())
                .add(DSL.foreignKey(columns).references(to.get().name(), referenced))
                .getSQL());
    }

    private static Name[] columnNames(PostgresTable table, List<String> sqliteNames) {
        return sqliteNames.stream()
                .flatMap(name -> columnName(table, name).stream())
                .toArray(Name[]::new);
    }

    private static Optional<Name> columnName(PostgresTable table, String sqliteName) {
        return table.columns().stream()
                .filter(column -> column.sqliteName().equalsIgnoreCase(sqliteName))
                .map(PostgresColumn::name)
                .findFirst();
    }
}
