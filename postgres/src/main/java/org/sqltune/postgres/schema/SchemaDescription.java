package org.sqltune.postgres.schema;

import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.Table;
import org.sqltune.postgres.schema.PostgresSchema.PostgresColumn;
import org.sqltune.postgres.schema.PostgresSchema.PostgresTable;

/** Describes a converted schema for prompts: PostgreSQL's names and types, and the declared keys. */
public final class SchemaDescription {
    private SchemaDescription() {}

    /** Returns the description of a converted schema. */
    public static Schema of(PostgresSchema schema) {
        DSLContext writer = Postgres.writer();
        List<Table> tables = schema.tables().stream()
                .map(table -> new Table(
                        String.valueOf(table.name().last()),
                        table.columns().stream()
                                .map(column -> column(table, column, writer))
                                .toList()))
                .toList();
        List<ForeignKey> keys = schema.foreignKeys().stream()
                .flatMap(key -> key(schema, key).stream())
                .toList();
        return new Schema(schema.databaseId(), tables, keys).withDialect(SqlDialect.POSTGRES_FOLDED);
    }

    private static Column column(PostgresTable table, PostgresColumn column, DSLContext writer) {
        return new Column(
                String.valueOf(column.name().last()),
                column.type().getCastTypeName(writer.configuration()),
                table.primaryKey().contains(column.sqliteName()));
    }

    private static Optional<ForeignKey> key(PostgresSchema schema, ForeignKey key) {
        return schema.table(key.table())
                .flatMap(from -> schema.table(key.referencedTable())
                        .map(to -> new ForeignKey(
                                String.valueOf(from.name().last()),
                                names(from, key.columns()),
                                String.valueOf(to.name().last()),
                                names(to, key.referencedColumns()))));
    }

    private static List<String> names(PostgresTable table, List<String> columns) {
        return columns.stream().map(column -> name(table, column)).toList();
    }

    private static String name(PostgresTable table, String column) {
        return table.columns().stream()
                .filter(each -> each.sqliteName().equalsIgnoreCase(column))
                .map(each -> String.valueOf(each.name().last()))
                .findFirst()
                .orElse(column);
    }
}
