package org.sqltune.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sqltune.core.SqlTuneException;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.Select;

class PairCheckerTest {
    private Connection connection;
    private ConnectionRunner runner;
    private PairChecker checker;

    @BeforeEach
    void open() throws SQLException {
        connection = ShopDatabase.withStatements(
                "CREATE TABLE t (a INTEGER, b INTEGER)", "INSERT INTO t VALUES (1, 5), (2, 5), (3, 7)");
        runner = new ConnectionRunner(connection);
        checker = new PairChecker(runner);
    }

    @AfterEach
    void close() throws SQLException {
        runner.close();
        connection.close();
    }

    @Test
    void rowsAreAnAnswer() {
        assertThat(checker.answers(Draft.of("x", "SELECT a FROM t"))).isTrue();
    }

    @Test
    void noRowsNullAloneAndZeroAreNone() {
        assertThat(checker.answers(Draft.of("x", "SELECT a FROM t WHERE a > 9")))
                .isFalse();
        assertThat(checker.answers(Draft.of("x", "SELECT MAX(a) FROM t WHERE a > 9")))
                .isFalse();
        assertThat(checker.answers(Draft.of("x", "SELECT COUNT(*) FROM t WHERE a > 9")))
                .isFalse();
    }

    @Test
    void aTieAtTheLimitIsNone() {
        assertThat(checker.answers(
                        Draft.of("x", Select.of("t", "a").orderBy("b", true).limit(1))))
                .isTrue();
        assertThat(checker.answers(
                        Draft.of("x", Select.of("t", "a").orderBy("b", false).limit(1))))
                .isFalse();
    }

    @Test
    void anEndlessQueryIsStopped() {
        String endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT MAX(i) FROM n";

        assertThat(checker.answers(Draft.of("x", endless))).isFalse();
    }

    @Test
    void aBrokenQueryIsATemplatesFault() {
        assertThatThrownBy(() -> checker.answers(Draft.of("x", "SELECT nowhere FROM t")))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("SELECT nowhere FROM t");
    }

    @Test
    void nothingCanBeWritten() {
        assertThatThrownBy(() -> checker.answers(Draft.of("x", "DELETE FROM t RETURNING a")))
                .isInstanceOf(SqlTuneException.class);
    }
}
