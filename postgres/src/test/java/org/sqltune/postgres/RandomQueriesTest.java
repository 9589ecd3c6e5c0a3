package org.sqltune.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.example.Example;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.postgres.ConversionResult.ConvertedExample;
import org.sqltune.postgres.proof.PostgresServer;
import org.sqltune.postgres.proof.RejectReason;

/** Random queries over random tables with NULLs, numbers in text and text in numbers: the same rows from both. */
@ExtendWith(SharedServer.class)
class RandomQueriesTest {
    private static final int QUERIES = 100;

    /** What no query here may be rejected for. */
    private static final Set<RejectReason> FAULTS =
            EnumSet.complementOf(EnumSet.of(RejectReason.FREE_ROW_OF_GROUP, RejectReason.TIED_LIMIT));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void returnTheSameRows(long seed, PostgresServer server) {
        Random random = new Random(seed);
        SqliteFiles.make(folder, "random", new RandomTables(random).script());
        RandomQueries queries = new RandomQueries(random);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            examples.add(new Example("q" + i, "random", "?", new VerbatimSchema(""), queries.next()));
        }
        ConversionResult result = new PostgresConversion(new DatabaseFolder(folder), server, QueryLimits.DEFAULTS)
                .convert(examples, ProgressListener.NONE);
        assertThat(result.examples()).hasSize(QUERIES);
        assertThat(result.rejected()
                        .filter(each -> FAULTS.contains(each.verdict().reason())))
                .as(result.rejected().map(RandomQueriesTest::shown).collect(Collectors.joining("\n")))
                .isEmpty();
        assertThat(result.proved().count()).isGreaterThan(QUERIES * 8 / 10);
    }

    private static String shown(ConvertedExample each) {
        return each.verdict().reason() + ": " + each.verdict().detail() + "\n  "
                + each.original().sql() + "\n  " + each.verdict().sql();
    }

    /** Two tables: {@code a} and {@code b}, the second referring to the first. */
    private record RandomTables(Random random) {
        String script() {
            String declared =
                    "(id INTEGER PRIMARY KEY, n INTEGER, r REAL, t TEXT, d DATE, digits TEXT, mixed INTEGER, a_id INT)";
            return "CREATE TABLE a " + declared + ";\nCREATE TABLE b " + declared + ";\n" + inserts("a", 9)
                    + inserts("b", 14);
        }

        private String inserts(String table, int rows) {
            return IntStream.rangeClosed(1, rows)
                    .mapToObj(id -> "INSERT INTO " + table + " VALUES (" + id + ", " + orNull(random.nextInt(7) - 2)
                            + ", "
                            + orNull(random.nextInt(40) / 8.0) + ", " + orNull("'" + text() + "'") + ", "
                            + orNull("'20" + (10 + random.nextInt(9)) + "-0" + (1 + random.nextInt(9)) + "-11'") + ", "
                            + orNull("'" + random.nextInt(12) + "'") + ", "
                            + orNull(random.nextInt(3) == 0 ? "'" + text() + "'" : random.nextInt(9)) + ", "
                            + orNull(1 + random.nextInt(9)) + ");\n")
                    .collect(Collectors.joining());
        }

        private String text() {
            return List.of("ann", "Ann", "bob", "", "x y", "Über", "it''s", "a_b", "zz")
                    .get(random.nextInt(9));
        }

        private String orNull(Object value) {
            return random.nextInt(6) == 0 ? "NULL" : value.toString();
        }
    }

    /** A small grammar of SQLite's SQL. */
    private record RandomQueries(Random random) {
        String next() {
            return switch (random.nextInt(6)) {
                case 0 -> grouped();
                case 1 -> joined();
                case 2 ->
                    "SELECT " + member() + " FROM a " + pick("UNION", "UNION ALL", "INTERSECT", "EXCEPT") + " SELECT "
                            + member() + " FROM b WHERE " + condition("", 1);
                case 3 -> "SELECT DISTINCT " + column("") + ", " + value("") + " FROM a WHERE " + condition("", 2);
                default ->
                    "SELECT " + value("") + ", " + column("") + " FROM a WHERE " + condition("", 2) + " ORDER BY "
                            + column("") + pick("", " DESC") + ", id" + pick("", " LIMIT 3", " LIMIT 2, 3");
            };
        }

        /** Texts that look like numbers don't go under a set operation with numbers: that is refused. */
        private String member() {
            return pick("id", "n", "r", "t", "d", "mixed", "a_id");
        }

        private String grouped() {
            String key = pick("n", "t", "d", "digits", "n % 2");
            return "SELECT " + key + ", count(*), " + aggregate() + " FROM b WHERE " + condition("", 1) + " GROUP BY "
                    + key + pick("", " HAVING count(*) > 1", " HAVING " + aggregate() + " > 2") + " ORDER BY count(*), "
                    + key;
        }

        private String joined() {
            return "SELECT x.id, y.t, " + value("y.") + " FROM a AS x " + pick("JOIN", "LEFT JOIN") + " b AS y ON "
                    + pick("x.id = y.a_id", "x.n = y.n", "x.id = y.digits", "x.t = y.t", "x.mixed = y.n") + " WHERE "
                    + condition("x.", 2);
        }

        private String aggregate() {
            return pick(
                    "sum(n)",
                    "avg(r)",
                    "max(t)",
                    "min(d)",
                    "count(DISTINCT t)",
                    "sum(digits)",
                    "total(n)",
                    "max(mixed)",
                    "avg(mixed)");
        }

        private String condition(String table, int depth) {
            if (depth > 0 && random.nextInt(3) == 0) {
                return pick("", "NOT ") + "(" + condition(table, depth - 1) + pick(" AND ", " OR ")
                        + condition(table, depth - 1) + ")";
            }
            return switch (random.nextInt(7)) {
                case 0 -> column(table) + pick(" IS NULL", " IS NOT NULL", " NOTNULL");
                case 1 -> column(table) + pick("", " NOT") + " IN (" + literal() + ", " + literal() + ")";
                case 2 -> column(table) + pick("", " NOT") + " BETWEEN " + literal() + " AND " + literal();
                case 3 -> column(table) + pick("", " NOT") + " LIKE " + pick("'A%'", "'%b%'", "'_1%'", "'201%'");
                case 4 -> value(table) + operator() + literal();
                case 5 ->
                    table + "id" + pick(" IN", " NOT IN") + " (SELECT " + pick("a_id", "id")
                            + " FROM b WHERE a_id > 3)";
                default -> column(table) + operator() + literal();
            };
        }

        private String operator() {
            return pick(" = ", " == ", " <> ", " != ", " < ", " <= ", " > ", " >= ");
        }

        private String literal() {
            return pick("2", "0", "'3'", "1.5", "'ann'", "\"bob\"", "'2014-05-11'", "'2013'", "-1", "NULL");
        }

        private String value(String table) {
            String x = column(table);
            return switch (random.nextInt(9)) {
                case 0 -> table + "n / 2";
                case 1 -> table + "r * " + table + "n";
                case 2 -> table + "n / " + table + "n";
                case 3 -> "ifnull(" + table + "t, 'none')";
                case 4 -> "substr(" + table + "t, " + pick("1, 2", "-2", "2") + ")";
                case 5 -> "strftime('%Y', " + table + "d)";
                case 6 -> "CASE WHEN " + x + operator() + literal() + " THEN 1 ELSE 0 END";
                case 7 -> table + "digits + 1";
                default -> x;
            };
        }

        private String column(String table) {
            return table + pick("id", "n", "r", "t", "d", "digits", "mixed", "a_id");
        }

        private String pick(String... choices) {
            return choices[random.nextInt(choices.length)];
        }
    }
}
