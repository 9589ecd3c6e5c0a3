package org.sqltune.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.core.schema.Table;
import org.sqltune.data.database.DatabaseIntrospection;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.postgres.proof.PostgresServer;

/** What is printed of a PostgreSQL database makes it again where nothing is, and each name can be copied into a query. */
@ExtendWith(SharedServer.class)
class PrintedPostgresDdlTest {
    private static final int DATABASES = 30;
    private static final List<String> NAMES = List.of(
            "order",
            "select",
            "name",
            "City",
            "a b",
            "a\"b",
            "顧客",
            "Größe",
            "user",
            "left",
            "1st",
            "x'y",
            "ilike",
            "values",
            "between",
            "id",
            "limit",
            "per%cent",
            "a,b(c)",
            "--",
            "/*x*/",
            "CustomerId",
            "coalesce",
            "total");

    @Test
    void theStatementsMakeTheDatabaseAgain(PostgresServer server) throws SQLException {
        for (int seed = 0; seed < DATABASES; seed++) {
            List<String> statements = new RandomDatabase(new Random(seed)).statements();
            Schema schema = made(server, "printed_" + seed, statements);
            String printed = printed(SchemaFormat.CREATE_TABLE, schema);

            Schema again = made(server, "printed_copy_" + seed, List.of(printed));

            assertThat(printed(SchemaFormat.CREATE_TABLE, again))
                    .as("%d: %s", seed, statements)
                    .isEqualTo(printed);
            assertThat(again.tables()).containsExactlyInAnyOrderElementsOf(schema.tables());
            assertThat(again.foreignKeys()).containsExactlyInAnyOrderElementsOf(schema.foreignKeys());
            selectEach(server, "printed_copy_" + seed, again);
            drop(server, "printed_" + seed, "printed_copy_" + seed);
        }
    }

    @Test
    void aDatabaseWithASchemaBesideItsOwnIsPrintedWithTheSchemasOfItsTypes(PostgresServer server) throws SQLException {
        String source = database(server, "printed_whole", """
                CREATE SCHEMA "Sales"; CREATE TYPE "Sales"."State" AS ENUM ('it''s', '--');
                CREATE DOMAIN "Sales".price AS numeric(10,2) CHECK (VALUE > 0) NOT NULL;
                CREATE TYPE "Sales".pair AS (low "Sales".price, "High" "Sales"."State"[]);
                CREATE TYPE span AS RANGE (SUBTYPE = float8);
                CREATE TABLE deal (id int PRIMARY KEY, state "Sales"."State", pairs "Sales".pair[], spans span);
                CREATE TABLE "Sales".hidden (id int PRIMARY KEY, deal int REFERENCES deal);
                CREATE VIEW open AS SELECT id FROM deal WHERE state = '--';
                CREATE VIEW beyond AS SELECT h.id FROM "Sales".hidden h;
                CREATE VIEW behind AS SELECT b.id + 1 AS next FROM beyond b;
                CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
                CREATE VIEW computed AS SELECT f(id) AS g FROM deal;
                CREATE MATERIALIZED VIEW kept AS SELECT count(*) FROM open;
                CREATE FOREIGN DATA WRAPPER far; CREATE SERVER away FOREIGN DATA WRAPPER far;
                CREATE FOREIGN TABLE distant (a int) SERVER away""");

        Schema schema = new DatabaseIntrospection(1).read(source);
        String printed = printed(SchemaFormat.CREATE_TABLE, schema);
        Schema again = new DatabaseIntrospection(0).read(database(server, "printed_again", printed));

        assertThat(printed)
                .contains("CREATE TYPE \"Sales\".\"State\" AS ENUM ('it''s', '--');")
                .contains("/* VIEW beyond (id int4) */")
                .contains("/* VIEW behind (next int4) */")
                .contains("/* VIEW computed (g int4) */")
                .contains("/* FOREIGN TABLE distant (a int4) */")
                .contains("CREATE MATERIALIZED VIEW kept (count /* int8 */) AS SELECT count(*) AS count FROM open;");
        assertThat(schema.notes())
                .containsExactly(
                        "Not shown of other schemas: Sales (1 table: hidden). To have one of them, add it to the"
                                + " search path in the URL, as in currentSchema=public,Sales");
        assertThat(again.tables())
                .containsExactlyElementsOf(schema.tables().stream()
                        .filter(table -> !List.of("beyond", "behind", "computed", "distant")
                                .contains(table.name()))
                        .toList());
        assertThat(again.types()).isEqualTo(schema.types());
    }

    @Test
    void everyKeywordCanBeATableAndAColumn(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            List<String> keywords = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT word FROM pg_get_keywords()")) {
                while (rows.next()) {
                    keywords.add(rows.getString(1));
                }
            }
            assertThat(keywords).hasSizeGreaterThan(400);
            connection.setAutoCommit(false);
            for (String keyword : keywords) {
                String name = SqlIdentifiers.quotedIfNeeded(keyword, SqlDialect.POSTGRES);
                statement.execute(
                        "CREATE TEMP TABLE " + name + " (" + name + " int4); SELECT " + name + ", count(" + name
                                + ") FROM " + name + " WHERE " + name + " = 1 AND " + name + "." + name
                                + " > 0 GROUP BY " + name
                                + " ORDER BY " + name);
            }
        }
    }

    private static Schema made(PostgresServer server, String schema, List<String> statements) throws SQLException {
        String url;
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            url = connection.getMetaData().getURL();
            statement.execute("CREATE SCHEMA " + schema);
            statement.execute("SET search_path TO " + schema);
            statement.execute(String.join(";\n", statements));
        }
        return new DatabaseIntrospection(0)
                .read(url + (url.contains("?") ? "&" : "?") + "user=postgres&currentSchema=" + schema);
    }

    private static void drop(PostgresServer server, String... schemas) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA " + String.join(", ", schemas) + " CASCADE");
        }
    }

    private static String database(PostgresServer server, String name, String script) throws SQLException {
        String url;
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
            url = connection.getMetaData().getURL().replaceAll("/[^/?]*(\\?|$)", "/" + name + "$1");
        }
        url += (url.contains("?") ? "&" : "?") + "user=postgres";
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
        return url;
    }

    private static String printed(SchemaFormat format, Schema schema) {
        return new SchemaSerializer(format, new SchemaSettings(true, true, true, 2, null), TokenEstimate::of)
                .serialize(schema);
    }

    private static void selectEach(PostgresServer server, String schema, Schema of) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + schema);
            List<String> queries = new ArrayList<>();
            for (Table table : of.tables()) {
                for (Column column : table.columns()) {
                    String name = SqlIdentifiers.quotedIfNeeded(column.name(), SqlDialect.POSTGRES);
                    queries.add("SELECT " + name + " FROM "
                            + SqlIdentifiers.quotedIfNeeded(table.name(), SqlDialect.POSTGRES) + " WHERE " + name
                            + " IS NOT NULL");
                }
            }
            statement.execute(String.join("; ", queries));
        }
    }

    /** Statements as people and tools write them, with keys that run forward and in circles. */
    private static final class RandomDatabase {
        private final Random random;
        private final List<String> tables = new ArrayList<>();
        private final List<List<String>> keys = new ArrayList<>();
        private final List<String> late = new ArrayList<>();

        RandomDatabase(Random random) {
            this.random = random;
        }

        List<String> statements() {
            List<String> statements = new ArrayList<>(List.of(
                    "CREATE TYPE \"Mood\" AS ENUM ('sad', 'it''s /* ok', 'A b')",
                    "CREATE TYPE mood AS ENUM ('x')",
                    "CREATE DOMAIN \"2 digits\" AS varchar(2) CHECK (VALUE ~ '^[0-9]*$')"));
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                statements.add(table(name() + (random.nextBoolean() ? " " : "_") + i));
            }
            for (int i = 0; i < count; i++) {
                references(i);
            }
            statements.addAll(late);
            for (int i = random.nextInt(3); i > 0; i--) {
                String of = tables.get(random.nextInt(tables.size()));
                statements.add("CREATE VIEW " + quoted(name() + " v" + i)
                        + " AS SELECT t.*, 'it''s -- /* x\n'::text AS " + quoted("n " + i) + ", count(*) OVER () AS \""
                        + i + "\" FROM " + quoted(of) + " AS t");
            }
            return statements;
        }

        private String table(String table) {
            List<String> columns = names(3 + random.nextInt(4));
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                parts.add(quoted(columns.get(i)) + " " + (i < 3 ? "int" : type()));
            }
            if (random.nextBoolean()) {
                parts.add("made int GENERATED ALWAYS AS (" + quoted(columns.get(0)) + " * 2 + " + quoted(columns.get(1))
                        + ") STORED");
            }
            if (random.nextBoolean()) {
                parts.add("serial "
                        + List.of("serial", "bigserial", "int GENERATED ALWAYS AS IDENTITY")
                                .get(random.nextInt(3)));
            }
            List<String> key = new ArrayList<>(columns.subList(0, 1 + random.nextInt(3)));
            Collections.shuffle(key, random);
            parts.add((random.nextInt(3) == 0 ? "UNIQUE (" : "PRIMARY KEY (") + list(key) + ")");
            tables.add(table);
            keys.add(key);
            return "CREATE TABLE " + quoted(table) + " (" + String.join(", ", parts) + ")";
        }

        private void references(int from) {
            int to = random.nextInt(tables.size());
            if (keys.get(to).size() <= keys.get(from).size()) {
                late.add("ALTER TABLE " + quoted(tables.get(from)) + " ADD FOREIGN KEY ("
                        + list(keys.get(from).subList(0, keys.get(to).size())) + ") REFERENCES "
                        + quoted(tables.get(to)) + " (" + list(keys.get(to)) + ")");
            }
        }

        private String type() {
            List<String> types = List.of(
                    "text",
                    "varchar(20)",
                    "numeric(10,2)",
                    "\"Mood\"",
                    "mood[]",
                    "\"2 digits\"",
                    "text[]",
                    "timestamptz",
                    "bool",
                    "char(3)",
                    "\"char\"",
                    "jsonb",
                    "bytea",
                    "money",
                    "interval",
                    "uuid",
                    "int4range",
                    "date[]");
            return types.get(random.nextInt(types.size()));
        }

        private String name() {
            return NAMES.get(random.nextInt(NAMES.size()));
        }

        private List<String> names(int count) {
            List<String> names = new ArrayList<>(NAMES);
            Collections.shuffle(names, random);
            return names.subList(0, count);
        }

        private static String quoted(String name) {
            return SqlIdentifiers.quoted(name);
        }

        private static String list(List<String> names) {
            return names.stream().map(SqlIdentifiers::quoted).collect(Collectors.joining(", "));
        }
    }
}
