package org.sqltune.data.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;

/** What is printed of an SQLite database makes it again on an empty one, and each name can be copied into a query. */
class PrintedSqliteDdlTest {
    private static final int DATABASES = 120;
    private static final List<String> NAMES = List.of(
            "order",
            "select",
            "name",
            "City",
            "a b",
            "a\"b",
            "顧客",
            "Größe",
            "group",
            "as",
            "user",
            "left",
            "1st",
            "x'y",
            "from",
            "index",
            "value",
            "id",
            "limit",
            "key",
            "per%cent",
            "a,b(c)",
            "--",
            "/*x*/",
            "table",
            "add",
            "total");
    private static final List<String> TYPES = List.of(
            "INTEGER", "TEXT", "VARCHAR(20)", "", "DECIMAL(10, 2)", "BLOB", "DATE", "\"odd type\"", "DOUBLE PRECISION");

    @Test
    void theStatementsMakeTheDatabaseAgain() throws Exception {
        for (int seed = 0; seed < DATABASES; seed++) {
            List<String> statements = new RandomDatabase(new Random(seed)).statements();
            Schema schema = schemaOf(statements);
            try (Connection copy = made(List.of(printed(SchemaFormat.CREATE_TABLE, schema)))) {
                assertThat(read(copy)).as("%d: %s", seed, statements).isEqualTo(schema);
                for (Table table : schema.tables()) {
                    selectEach(copy, table, SqlIdentifiers::quotedIfNeeded);
                    selectEach(copy, table, name -> SqlIdentifiers.quotedIfNeeded(name, SqlDialect.SQLITE));
                }
            }
        }
    }

    @Test
    void namesInEveryFormatAreThoseThatQueriesRead() throws Exception {
        for (int seed = 0; seed < DATABASES; seed++) {
            Schema schema = schemaOf(new RandomDatabase(new Random(seed)).statements());
            String table = printed(SchemaFormat.TABLE, schema);
            String compact = printed(SchemaFormat.COMPACT, schema);

            for (Table each : schema.tables()) {
                assertThat(table.lines())
                        .anyMatch(line -> line.startsWith((each.isView() ? "VIEW: " : "TABLE: ")
                                + SqlIdentifiers.quotedIfNeeded(each.name(), SqlDialect.SQLITE) + " ( "));
                assertThat(compact.lines())
                        .anyMatch(line -> line.startsWith(SqlIdentifiers.quotedIfNeeded(each.name()) + "("));
            }
        }
    }

    @Test
    void aShortenedSchemaStillMakesADatabase() throws Exception {
        for (int seed = 0; seed < DATABASES; seed++) {
            Schema schema = schemaOf(new RandomDatabase(new Random(seed)).statements());
            SchemaSerializer serializer = new SchemaSerializer(
                    SchemaFormat.CREATE_TABLE, new SchemaSettings(null, null, true, 1, 10 + seed), TokenEstimate::of);
            String question = "Which " + schema.tables().get(0).columns().get(0).name() + "?";

            try (Connection copy = made(List.of(serializer.serialize(schema, question)))) {
                for (Table part : read(copy).tables()) {
                    Table whole = schema.table(part.name()).orElseThrow();
                    assertThat(whole.columns())
                            .extracting(Column::name)
                            .containsSubsequence(
                                    part.columns().stream().map(Column::name).toList());
                    assertThat(part.primaryKey()).isEqualTo(whole.primaryKey());
                }
            }
        }
    }

    private static String printed(SchemaFormat format, Schema schema) {
        return new SchemaSerializer(format, new SchemaSettings(true, true, true, 2, null), TokenEstimate::of)
                .serialize(schema);
    }

    private static Schema schemaOf(List<String> statements) throws SQLException {
        try (Connection connection = made(statements)) {
            return read(connection);
        }
    }

    private static Schema read(Connection connection) throws SQLException {
        Schema schema = SchemaReader.withViews().read(connection, "d");
        assertThat(schema.notes()).isEmpty();
        return schema;
    }

    private static Connection made(List<String> statements) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
        return connection;
    }

    private static void selectEach(Connection connection, Table table, UnaryOperator<String> spelling) {
        for (Column column : table.columns()) {
            String name = spelling.apply(column.name());
            String sql = "SELECT " + name + " FROM " + spelling.apply(table.name()) + " WHERE " + name
                    + " IS NOT NULL ORDER BY " + name;
            try (Statement statement = connection.createStatement()) {
                statement.executeQuery(sql).close();
            } catch (SQLException e) {
                throw new AssertionError(sql, e);
            }
        }
    }

    /** CREATE statements as people and tools write them. */
    private static final class RandomDatabase {
        private final Random random;
        private final List<String> statements = new ArrayList<>();
        private final List<List<String>> keys = new ArrayList<>();
        private final List<String> tables = new ArrayList<>();

        RandomDatabase(Random random) {
            this.random = random;
        }

        List<String> statements() {
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                table(name() + (random.nextBoolean() ? " " : "_") + i);
            }
            if (random.nextInt(4) == 0) {
                statements.add("CREATE VIRTUAL TABLE \"doc " + count + "\" USING fts5(title, body)");
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                String of = tables.get(random.nextInt(tables.size()));
                statements.add("CREATE VIEW " + quoted(name() + " v" + i) + " AS\n  SELECT t.*, 'it''s -- /* x' AS "
                        + quoted("n " + i) + ", -- why\n count(*) OVER () AS [" + i + "] FROM " + quoted(of) + " AS t");
            }
            return statements;
        }

        private void table(String table) {
            List<String> columns = names(2 + random.nextInt(5));
            List<String> parts = new ArrayList<>();
            int inKey = random.nextInt(4);
            List<String> key = new ArrayList<>(columns.subList(0, Math.min(inKey, columns.size())));
            Collections.shuffle(key, random);
            for (String column : columns) {
                parts.add(quoted(column) + " " + TYPES.get(random.nextInt(TYPES.size()))
                        + (random.nextInt(4) == 0
                                ? " NOT NULL DEFAULT (1) /* " + name().replace("*/", "") + " */"
                                : ""));
            }
            for (int i = random.nextInt(3); i > 0; i--) {
                parts.add(quoted("made " + i) + (random.nextBoolean() ? " TEXT" : "")
                        + (random.nextBoolean() ? " GENERATED ALWAYS" : "") + " AS (" + quoted(columns.get(0))
                        + " || ')'"
                        + " -- so\n || " + quoted(columns.get(1)) + ")"
                        + List.of("", " STORED", " VIRTUAL").get(random.nextInt(3)));
            }
            if (!key.isEmpty()) {
                parts.add("PRIMARY KEY (" + list(key) + ")");
            }
            if (!tables.isEmpty() && random.nextBoolean()) {
                int to = random.nextInt(tables.size());
                List<String> referenced = keys.get(to);
                if (!referenced.isEmpty() && referenced.size() <= columns.size()) {
                    parts.add("FOREIGN KEY (" + list(columns.subList(0, referenced.size())) + ") REFERENCES "
                            + quoted(tables.get(to)) + (random.nextBoolean() ? " (" + list(referenced) + ")" : ""));
                }
            }
            boolean rowless = !key.isEmpty() && random.nextInt(3) == 0;
            statements.add("CREATE TABLE " + quoted(table) + " (\n  " + String.join(",\n  ", parts) + "\n)"
                    + (rowless ? " WITHOUT ROWID" : ""));
            tables.add(table);
            keys.add(key);
        }

        private String name() {
            return NAMES.get(random.nextInt(NAMES.size()));
        }

        private List<String> names(int count) {
            List<String> names = new ArrayList<>();
            while (names.size() < count) {
                String name = name();
                if (names.stream().noneMatch(name::equalsIgnoreCase)) {
                    names.add(name);
                }
            }
            return names;
        }

        private static String quoted(String name) {
            return SqlIdentifiers.quoted(name);
        }

        private static String list(List<String> names) {
            return names.stream().map(SqlIdentifiers::quoted).collect(Collectors.joining(", "));
        }
    }
}
