package org.sqltune.postgres.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;

class OneQueryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "select 1;",
                ";; SELECT 1",
                "WITH a AS (SELECT 1) SELECT * FROM a",
                "VALUES (1), (2)",
                "TABLE singer",
                "(SELECT 1) UNION (SELECT 2)",
                "-- a comment\nSELECT 1",
                "/* a ; b */ SELECT 1",
                "SELECT ';'",
                "SELECT $$a; b$$",
                "SELECT \"a;b\" FROM t"
            })
    void oneQueryStaysAsItIs(String sql) throws SQLException {
        assertThat(OneQuery.of(sql)).isEqualTo(sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "SELECT 1; SELECT 2 ~ SEVERAL_STATEMENTS",
                "SELECT 1; DROP TABLE singer ~ SEVERAL_STATEMENTS",
                "SELECT 'a'';'; DELETE FROM t ~ SEVERAL_STATEMENTS",
                "INSERT INTO t VALUES (1) ~ NOT_A_QUERY",
                "DROP TABLE t ~ NOT_A_QUERY",
                "COPY t TO '/tmp/x' ~ NOT_A_QUERY",
                "SET ROLE postgres ~ NOT_A_QUERY",
                "DO $$ BEGIN END $$ ~ NOT_A_QUERY",
                "EXPLAIN SELECT 1 ~ NOT_A_QUERY",
                "BEGIN ~ NOT_A_QUERY",
                "; ~ NOT_A_QUERY",
                "-- nothing ~ NOT_A_QUERY"
            })
    void anythingElseIsRefusedBeforeItIsSent(String sql, Kind kind) {
        assertThatThrownBy(() -> OneQuery.of(sql))
                .isInstanceOfSatisfying(
                        SqlExecutionException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT '\0'", "\0", "SELECT 1\0; DROP TABLE t"})
    void aNulCharacterIsNoSql(String sql) {
        assertThatThrownBy(() -> OneQuery.of(sql)).hasMessageContaining("NUL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "SELECT a ? b ~ SELECT a ?? b",
                "SELECT '?' ~ SELECT '?'",
                "SELECT \"?\" ~ SELECT \"?\"",
                "SELECT 1 -- ? ~ SELECT 1 -- ?",
                "SELECT ?, ? ~ SELECT ??, ??"
            })
    void aQuestionMarkIsNoParameterOfTheDriver(String sql, String escaped) {
        assertThat(OneQuery.withDoubledQuestionMarks(sql)).isEqualTo(escaped);
    }
}
