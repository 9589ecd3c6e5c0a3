package org.sqltune.core.sql.recognizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.sql.scope.Catalog;
import org.sqltune.core.sql.scope.NameResolver;
import org.sqltune.core.sql.syntax.QueryParser;

/** No place in the grammar is a dead end, and what comes to its end prepares. */
class GrammarWalkTest {
    private static final List<List<String>> SCHEMAS = List.of(
            List.of("CREATE TABLE t (a)"),
            List.of("CREATE TABLE author (id, name, country)", "CREATE TABLE book (id, title, author_id, year)"),
            List.of("CREATE TABLE t2 (id, t2)", "CREATE TABLE id (t1, id)", "CREATE TABLE x1 (id, name, x1)"),
            List.of("CREATE TABLE a (x, y)", "CREATE TABLE b (y, z)", "CREATE TABLE c (z, x)", "CREATE TABLE d (x)"),
            List.of("CREATE TABLE \"order\" (\"group\", \"two words\", name)", "CREATE TABLE max (count, \"true\")"));

    private static final int WALKS = 40;

    private final List<String> faults = new ArrayList<>();
    private int walks;

    @Test
    void walksOverFewTablesPrepare() throws SQLException {
        for (int i = 0; i < SCHEMAS.size(); i++) {
            walk(SCHEMAS.get(i), WALKS, 1000 * i);
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void walksWithAnyNamesAreQueries() {
        Parse start = QueryRecognizer.Database.ofAnyNames().begin().parse();
        for (int seed = 0; seed < WALKS; seed++) {
            String sql = new GrammarWalk(new Random(seed)).from(start, 5 + seed % 60);
            assertThatCode(() -> QueryParser.parse(sql)).as(sql).doesNotThrowAnyException();
        }
    }

    /** {@code -Dsqltune.walks} times over each schema; {@code -Dsqltune.databases} names a folder of SQLite files. */
    @Test
    @Tag("heavy")
    void manyWalksPrepare() throws SQLException, IOException {
        int times = Integer.getInteger("sqltune.walks", 1000);
        int seed = Integer.getInteger("sqltune.seed", 50_000);
        for (List<String> schema : SCHEMAS) {
            walk(schema, times, seed);
        }
        Path folder = Path.of(System.getProperty("sqltune.databases"));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".sqlite"))
                    .sorted()
                    .toList()) {
                try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
                    walk(connection, times, seed);
                }
            }
        }
        System.out.println(walks + " walks, " + faults.size() + " faults");
        assertThat(faults).isEmpty();
    }

    private void walk(List<String> tables, int times, int seed) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            try (Statement statement = connection.createStatement()) {
                for (String table : tables) {
                    statement.executeUpdate(table);
                }
            }
            walk(connection, times, seed);
        }
    }

    private void walk(Connection connection, int times, int seed) throws SQLException {
        Schema schema = new SchemaReader().read(connection, "walks");
        QueryRecognizer.Database database = new QueryRecognizer.Database(schema);
        for (int i = 0; i < times; i++) {
            Random random = new Random(seed + i);
            walks++;
            try {
                String sql = new GrammarWalk(random).from(database.begin().parse(), 5 + random.nextInt(60));
                String fault = fault(connection, schema, sql);
                if (!fault.isEmpty()) {
                    told(fault + ": " + sql);
                }
            } catch (IllegalStateException e) {
                told(e.getMessage());
            }
        }
        if (walks % 10_000 < times) {
            System.out.println(walks + " walks, " + faults.size() + " faults");
        }
    }

    private void told(String fault) {
        faults.add(fault);
        System.out.println("fault: " + fault);
    }

    private static String fault(Connection connection, Schema schema, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("EXPLAIN " + sql).close();
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
        try {
            var found = NameResolver.resolve(QueryParser.parse(sql), Catalog.of(schema))
                    .faults();
            return found.isEmpty() ? "" : found.toString();
        } catch (RuntimeException e) {
            return "parser: " + e.getMessage();
        }
    }
}
