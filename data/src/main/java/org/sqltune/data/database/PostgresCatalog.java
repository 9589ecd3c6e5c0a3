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
import java.util.TreeSet;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.DeclarationText;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.Table;
import org.sqltune.core.schema.TableForm;

/**
 * Reads what is on a PostgreSQL connection's search path from the <a
 * href="https://www.postgresql.org/docs/current/catalogs.html">system catalogs</a>, with one query for each kind of thing:
 * tables with columns, types, comments and keys, views with their queries. Types of PostgreSQL's own have the names that
 * {@link java.sql.DatabaseMetaData#getColumns} gives them ({@code int4}, {@code serial}).
 */
final class PostgresCatalog {
    /** What a query can name without its schema; tables first, and of these those that are partitioned. */
    private static final String RELATIONS = """
            SELECT c.oid, c.relname, c.relkind,
              CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) ELSE '' END
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ANY(current_schemas(false)) AND c.relkind IN ('p', 'r', 'f', 'v', 'm')
              AND pg_table_is_visible(c.oid)
              AND NOT (c.relkind IN ('v', 'm') AND EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid
                AND d.classid = 'pg_class'::regclass AND d.deptype = 'e'))
            ORDER BY array_position(ARRAY['p', 'r', 'f', 'v', 'm'], c.relkind::text), n.nspname, c.relname""";

    /** The row as JSON, since servers before 12 have no {@code attgenerated}. */
    private static final String COLUMNS = """
            SELECT a.attrelid, a.attnum, a.attname, t.oid, pg_get_expr(d.adbin, d.adrelid),
              coalesce(to_jsonb(a) ->> 'attgenerated', ''), col_description(a.attrelid, a.attnum)
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

    PostgresCatalog(Connection connection) throws SQLException {
        this.connection = connection;
        this.types = PostgresTypes.read(connection);
        this.views = PostgresViews.read(connection);
    }

    /**
     * A table or view.
     *
     * @param kind PostgreSQL's letter for what it is
     * @param query of a view; empty for others
     */
    private record Relation(long id, String name, String kind, String query) {
        boolean isView() {
            return kind.equals("v") || kind.equals("m");
        }
    }

    Schema read() throws SQLException {
        Map<Long, List<Column>> columns = new HashMap<>();
        Map<Long, Map<Integer, String>> names = new HashMap<>();
        Set<Long> usedTypes = new TreeSet<>();
        readColumns(columns, names, usedTypes);
        List<Relation> relations = relations();
        Map<Long, String> tables = new HashMap<>();
        relations.forEach(relation -> tables.put(relation.id(), relation.name()));
        Map<Long, List<String>> primaryKeys = new HashMap<>();
        Map<Long, List<ForeignKey>> foreignKeys = new HashMap<>();
        readKeys(tables, names, primaryKeys, foreignKeys);

        List<Table> shown = new ArrayList<>();
        List<ForeignKey> keys = new ArrayList<>();
        List<Relation> waiting = new ArrayList<>();
        for (Relation relation : relations) {
            if (relation.isView()) {
                waiting.add(relation);
            } else {
                List<String> key = primaryKeys.getOrDefault(relation.id(), List.of());
                shown.add(new Table(
                        relation.name(),
                        marked(columns.getOrDefault(relation.id(), List.of()), key),
                        key,
                        TableForm.ROWS));
                keys.addAll(foreignKeys.getOrDefault(relation.id(), List.of()));
            }
        }
        Set<Long> made = new HashSet<>(tables.keySet());
        waiting.forEach(view -> made.remove(view.id()));
        for (Relation view : views.readFirst(waiting, Relation::id)) {
            String query = views.isWithin(view.id(), made) ? oneLine(view.query()) : "";
            if (!query.isEmpty()) {
                made.add(view.id());
            }
            usedTypes.addAll(query.isEmpty() ? Set.of() : views.types(view.id()));
            String kind = view.kind().equals("v") ? "VIEW" : "MATERIALIZED VIEW";
            shown.add(new Table(view.name(), columns.getOrDefault(view.id(), List.of()))
                    .withForm(new TableForm.View(kind, query)));
        }
        return new Schema(
                String.valueOf(connection.getCatalog()),
                shown,
                keys,
                SqlDialect.POSTGRES,
                types.declared(usedTypes),
                OtherSchemas.notes(connection));
    }

    private List<Relation> relations() throws SQLException {
        List<Relation> relations = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(RELATIONS)) {
            while (row.next()) {
                String query = row.getString(4) == null ? "" : row.getString(4);
                relations.add(new Relation(row.getLong(1), row.getString(2), row.getString(3), query));
            }
        }
        return relations;
    }

    private void readColumns(
            Map<Long, List<Column>> columns, Map<Long, Map<Integer, String>> names, Set<Long> usedTypes)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COLUMNS)) {
            while (row.next()) {
                long table = row.getLong(1);
                String name = row.getString(3);
                String expression = row.getString(5) == null ? "" : row.getString(5);
                boolean computed = !row.getString(6).isEmpty();
                String type = types.name(row.getLong(4));
                boolean counts = !computed && expression.contains("nextval(");
                Column column = new Column(name, counts ? COUNTING.getOrDefault(type, type) : type, false)
                        .withGeneration(computed ? generation(expression, row.getString(6)) : "");
                String comment = row.getString(7);
                columns.computeIfAbsent(table, id -> new ArrayList<>())
                        .add(comment == null ? column : column.withComment(comment));
                names.computeIfAbsent(table, id -> new HashMap<>()).put(row.getInt(2), name);
                usedTypes.add(row.getLong(4));
            }
        }
    }

    private static String generation(String expression, String kind) {
        return "GENERATED ALWAYS AS (" + DeclarationText.oneLine(expression) + ")"
                + (kind.equals("v") ? " VIRTUAL" : " STORED");
    }

    private void readKeys(
            Map<Long, String> tables,
            Map<Long, Map<Integer, String>> names,
            Map<Long, List<String>> primaryKeys,
            Map<Long, List<ForeignKey>> foreignKeys)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(KEYS)) {
            while (row.next()) {
                long table = row.getLong(2);
                List<String> columns = named(row.getArray(4), names.getOrDefault(table, Map.of()));
                if (row.getString(1).equals("p")) {
                    primaryKeys.put(table, columns);
                } else if (tables.containsKey(table) && tables.containsKey(row.getLong(3))) {
                    // A key may lead into a schema that isn't read.
                    List<String> referenced =
                            named(row.getArray(5), names.getOrDefault(row.getLong(3), Map.of()));
                    foreignKeys
                            .computeIfAbsent(table, id -> new ArrayList<>())
                            .add(new ForeignKey(
                                    tables.get(table), columns, tables.get(row.getLong(3)), referenced));
                }
            }
        }
    }

    private static List<String> named(Array numbers, Map<Integer, String> names) throws SQLException {
        List<String> named = new ArrayList<>();
        for (Object number : (Object[]) numbers.getArray()) {
            named.add(names.getOrDefault(((Number) number).intValue(), ""));
        }
        return named;
    }

    private static List<Column> marked(List<Column> columns, List<String> primaryKey) {
        return columns.stream()
                .map(column -> primaryKey.contains(column.name()) ? column.asPrimaryKey() : column)
                .toList();
    }

    /** The server writes a query with line breaks between its parts and a semicolon; line breaks within texts stay. */
    private static String oneLine(String query) {
        String line = DeclarationText.oneLine(query);
        return line.endsWith(";") ? line.substring(0, line.length() - 1) : line;
    }
}
