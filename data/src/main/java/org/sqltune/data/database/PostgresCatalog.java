package org.sqltune.data.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.DeclarationText;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.Table;
import org.sqltune.core.schema.TableForm;

/**
 * Reads the relations on a PostgreSQL connection's search path from the <a
 * href="https://www.postgresql.org/docs/current/catalogs.html">system catalogs</a>, with one query per kind of
 * object: tables with columns, types, comments and keys, views with their queries. Built-in types have the names of
 * {@link java.sql.DatabaseMetaData#getColumns} ({@code int4}, {@code serial}).
 */
final class PostgresCatalog {
    /** Reads the row as JSON, since servers before version 12 have no {@code attgenerated}. */
    private static final String COLUMNS = """
            SELECT a.attrelid, a.attnum, a.attname, t.oid, pg_get_expr(d.adbin, d.adrelid),
              coalesce(to_jsonb(a) ->> 'attgenerated', ''), left(col_description(a.attrelid, a.attnum), 10000)
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE n.nspname = ANY(current_schemas(false)) AND c.relkind IN ('p', 'r', 'f', 'v', 'm')
              AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attrelid, a.attnum""";

    private static final String KEYS = """
            SELECT k.contype, k.conrelid, k.confrelid, k.conkey, k.confkey
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_class r ON r.oid = k.confrelid LEFT JOIN pg_namespace s ON s.oid = r.relnamespace
            WHERE k.contype IN ('p', 'f') AND n.nspname = ANY(current_schemas(false))
            ORDER BY s.nspname, r.relname, k.conname""";

    private static final Map<String, String> COUNTING =
            Map.of("int2", "smallserial", "int4", "serial", "int8", "bigserial");

    private final Connection connection;
    private final PostgresTypes types;
    private final PostgresViews views;
    private final Map<Long, List<Column>> columns = new HashMap<>();
    private final Map<Long, Map<Integer, String>> columnNames = new HashMap<>();
    private final Map<Long, String> tableNames = new HashMap<>();
    private final Map<Long, List<String>> primaryKeys = new HashMap<>();
    private final Map<Long, List<ForeignKey>> foreignKeys = new HashMap<>();
    private final Set<Long> usedTypes = new HashSet<>();

    PostgresCatalog(Connection connection) throws SQLException {
        this.connection = connection;
        this.types = PostgresTypes.read(connection);
        this.views = PostgresViews.read(connection);
    }

    Schema read() throws SQLException {
        readColumns();
        List<PostgresRelation> relations = PostgresRelation.read(connection);
        relations.forEach(relation -> tableNames.put(relation.id(), relation.name()));
        readKeys();
        List<PostgresRelation> tables =
                relations.stream().filter(each -> !each.isView()).toList();
        List<Table> shown = new ArrayList<>(tables.stream().map(this::table).toList());
        shown.addAll(views(relations.stream().filter(PostgresRelation::isView).toList()));
        return new Schema(
                String.valueOf(connection.getCatalog()),
                shown,
                tables.stream()
                        .flatMap(table -> foreignKeys.getOrDefault(table.id(), List.of()).stream())
                        .toList(),
                SqlDialect.POSTGRES,
                types.declared(usedTypes),
                OtherSchemas.notes(connection));
    }

    private Table table(PostgresRelation table) {
        List<String> key = primaryKeys.getOrDefault(table.id(), List.of());
        List<Column> marked = columns.getOrDefault(table.id(), List.of()).stream()
                .map(column -> key.contains(column.name()) ? column.asPrimaryKey() : column)
                .toList();
        return new Table(table.name(), marked, key, TableForm.ROWS);
    }

    /** Returns the views, each after the views that it reads. */
    private List<Table> views(List<PostgresRelation> relations) {
        List<Table> shown = new ArrayList<>();
        Set<Long> made = new HashSet<>(tableNames.keySet());
        relations.forEach(view -> made.remove(view.id()));
        for (PostgresRelation view : views.readFirst(relations, PostgresRelation::id)) {
            String query = views.isWithin(view.id(), made) ? view.query() : "";
            if (!query.isEmpty()) {
                made.add(view.id());
                usedTypes.addAll(views.types(view.id()));
            }
            shown.add(new Table(view.name(), columns.getOrDefault(view.id(), List.of()))
                    .withForm(new TableForm.View(view.shownKind(), query)));
        }
        return shown;
    }

    private void readColumns() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COLUMNS)) {
            while (row.next()) {
                long table = row.getLong(1);
                columns.computeIfAbsent(table, id -> new ArrayList<>()).add(column(row));
                columnNames.computeIfAbsent(table, id -> new HashMap<>()).put(row.getInt(2), row.getString(3));
                usedTypes.add(row.getLong(4));
            }
        }
    }

    private Column column(ResultSet row) throws SQLException {
        String expression = row.getString(5) == null ? "" : row.getString(5);
        boolean computed = !row.getString(6).isEmpty();
        String type = types.name(row.getLong(4));
        boolean counts = !computed && expression.contains("nextval(");
        Column column = new Column(row.getString(3), counts ? COUNTING.getOrDefault(type, type) : type, false)
                .withGeneration(computed ? generation(expression, row.getString(6)) : "");
        String comment = row.getString(7);
        return comment == null ? column : column.withComment(comment);
    }

    private static String generation(String expression, String kind) {
        return "GENERATED ALWAYS AS (" + DeclarationText.oneLine(expression) + ")"
                + (kind.equals("v") ? " VIRTUAL" : " STORED");
    }

    private void readKeys() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(KEYS)) {
            while (row.next()) {
                long table = row.getLong(2);
                long referenced = row.getLong(3);
                List<String> key = named(row.getArray(4), table);
                if (row.getString(1).equals("p")) {
                    primaryKeys.put(table, key);
                } else if (tableNames.containsKey(table) && tableNames.containsKey(referenced)) {
                    // A key may refer to a schema that isn't read.
                    foreignKeys
                            .computeIfAbsent(table, id -> new ArrayList<>())
                            .add(new ForeignKey(
                                    tableNames.get(table),
                                    key,
                                    tableNames.get(referenced),
                                    named(row.getArray(5), referenced)));
                }
            }
        }
    }

    private List<String> named(Array numbers, long table) throws SQLException {
        Map<Integer, String> names = columnNames.getOrDefault(table, Map.of());
        List<String> named = new ArrayList<>();
        for (Object number : (Object[]) numbers.getArray()) {
            named.add(names.getOrDefault(((Number) number).intValue(), ""));
        }
        return named;
    }
}
