package org.sqltune.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.postgres.proof.PostgresServer;

/**
 * Every operator between every two kinds of columns. Each query either returns the same rows from both databases or is
 * refused; how many are refused may fall, and not rise unseen.
 */
@ExtendWith(SharedServer.class)
class ProvedOperatorsTest {
    @TempDir
    private static Path folder;

    private static BothDatabases both;

    static final List<String> COLUMNS = BothDatabases.COLUMNS;

    private static final List<String> LITERALS =
            List.of("0", "3", "-7", "1.5", "'3'", "'10'", "'ann'", "''", "'2014-02-28'", "NULL", "1", "'x'");

    @BeforeAll
    static void copy(PostgresServer server) {
        both = BothDatabases.of(server, folder, BothDatabases.KINDS);
    }

    @AfterAll
    static void close() {
        both.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "<>", "<", "<=", ">", ">=", "IS", "IS NOT"})
    void columnsAreComparedByTheirAffinities(String operator) {
        long refused = refused(pairs(
                (left, right) -> "SELECT a.id, b.id FROM v a, v b WHERE a." + left + " " + operator + " b." + right));

        assertThat(refused).as("of 100").isLessThanOrEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=", "<>", "<", "<=", ">", ">=", "IS", "IS NOT"})
    void literalsAreComparedByTheColumnsAffinity(String operator) {
        long refused = refused(COLUMNS.stream()
                .flatMap(column -> LITERALS.stream()
                        .map(literal -> "SELECT id, " + column + " " + operator + " " + literal + " FROM v")));

        assertThat(refused).as("of 120").isLessThanOrEqualTo(operator.startsWith("IS") ? 41 : 30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "-", "*", "/", "%"})
    void everyKindOfNumberReckonsWithEveryOther(String operator) {
        for (String left : List.of("n", "big", "r", "dec", "flag", "digits")) {
            for (String right : List.of("n", "big", "r", "dec", "flag", "digits")) {
                both.assertProvedOrRefused("SELECT a.id, b.id, a." + left + " " + operator + " b." + right
                        + " FROM v a, v b WHERE a.id <> 1 OR b.id <> 1");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "|", "<<", ">>"})
    void bitsAreThoseOfIntegers(String operator) {
        both.assertProved("SELECT n " + operator + " 2, 13 " + operator + " id FROM v");
        both.assertProved("SELECT ~n, ~big, -n, +n, - - n FROM v");
    }

    @Test
    void anythingIsJoinedAsText() {
        for (String column : List.of("n", "big", "t", "digits", "loose", "day", "moment", "flag")) {
            both.assertProved("SELECT id, " + column + " || '-' || t, 'x' || " + column + " FROM v");
        }
    }

    @ParameterizedTest
    @FieldSource("COLUMNS")
    void aColumnAloneIsACondition(String column) {
        both.assertProvedOrRefused("SELECT id FROM v WHERE " + column);
        both.assertProvedOrRefused("SELECT id FROM v WHERE NOT " + column);
        both.assertProvedOrRefused("SELECT id, " + column + " AND 1, " + column + " OR 0 FROM v");
        both.assertProvedOrRefused("SELECT CASE WHEN " + column + " THEN 'yes' ELSE 'no' END FROM v");
    }

    @ParameterizedTest
    @FieldSource("COLUMNS")
    void nullIsNeitherTrueNorFalse(String column) {
        both.assertProved("SELECT id, " + column + " IS NULL, " + column + " NOTNULL, " + column + " = NULL FROM v");
        both.assertProved("SELECT id FROM v WHERE " + column + " IS NULL OR NOT (" + column + " IS NOT NULL)");
        both.assertProved("SELECT count(*), count(" + column + ") FROM v");
        both.assertProved("SELECT id, coalesce(" + column + ", " + column + ") IS NULL FROM v");
    }

    @ParameterizedTest
    @FieldSource("COLUMNS")
    void aListIsSearchedByTheColumnsAffinity(String column) {
        both.assertProvedOrRefused("SELECT id FROM v WHERE " + column + " IN (3, '10', 'ann', '2014-02-28')");
        both.assertProvedOrRefused("SELECT id FROM v WHERE " + column + " NOT IN (3, 0)");
        both.assertProvedOrRefused("SELECT id FROM v WHERE " + column + " NOT IN ('3', 'ann')");
        both.assertProvedOrRefused("SELECT id FROM v WHERE " + column + " IN (1, NULL)");
        both.assertProvedOrRefused("SELECT id FROM v WHERE " + column + " IN (SELECT " + column + " FROM v)");
    }

    @ParameterizedTest
    @FieldSource("COLUMNS")
    void rangesHaveBothTheirEnds(String column) {
        both.assertProved("SELECT count(*) FROM v WHERE n BETWEEN -7 AND 3");
        both.assertProvedOrRefused("SELECT id FROM v WHERE " + column + " BETWEEN 0 AND 10");
        both.assertProvedOrRefused("SELECT id FROM v WHERE " + column + " NOT BETWEEN '1' AND '4'");
        both.assertProvedOrRefused("SELECT id FROM v WHERE id BETWEEN " + column + " AND 5");
    }

    @ParameterizedTest
    @CsvSource({
        "t LIKE 'A%', 2",
        "t LIKE '%N', 2",
        "t LIKE '_n_', 2",
        "t NOT LIKE '%n%', 3",
        "t LIKE '%\\_%' ESCAPE '\\', 1",
        "t LIKE '%\\%' ESCAPE '\\', 1",
        "t GLOB 'A*', 1",
        "t GLOB '?nn', 2",
        "t GLOB '[a-z]nn', 1",
        "t GLOB '[^a-z]*', 2",
        "digits LIKE '3', 2",
        "n LIKE '%1', 1",
        "day LIKE '2014-%', 2",
        "moment LIKE '%00:00', 2",
        "t LIKE '%ë%', 1",
        "t LIKE '', 1"
    })
    void patternsMatchTheSameTexts(String condition, int rows) {
        both.assertProved(
                "SELECT count(*) AS found FROM v WHERE " + condition + " GROUP BY 1 = 1 HAVING count(*) = " + rows);
        both.assertProved("SELECT id FROM v WHERE " + condition);
    }

    private interface Query {
        String of(String left, String right);
    }

    private static Stream<String> pairs(Query query) {
        return COLUMNS.stream().flatMap(left -> COLUMNS.stream().map(right -> query.of(left, right)));
    }

    private static long refused(Stream<String> queries) {
        return queries.filter(sql -> !both.assertProvedOrRefused(sql)).count();
    }
}
