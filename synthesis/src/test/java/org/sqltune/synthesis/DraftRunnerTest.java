package org.sqltune.synthesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.worker.ForeignDatabase;
import org.sqltune.synthesis.grammar.Draft;
import org.sqltune.synthesis.grammar.Select;

/** A foreign file is asked in a process of its own, with the verdicts that a database of our own gets here. */
class DraftRunnerTest {
    private static final String ENDLESS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT MAX(i) FROM n";

    private static final List<Draft> DRAFTS = List.of(
            Draft.of("x", "SELECT a FROM t"),
            Draft.of("x", "SELECT a FROM t WHERE a > 9"),
            Draft.of("x", "SELECT MAX(a) FROM t WHERE a > 9"),
            Draft.of("x", "SELECT COUNT(*) FROM t WHERE a > 9"),
            Draft.of("x", "SELECT NULLIF(a, 1) FROM t ORDER BY a"),
            Draft.of("x", "SELECT r FROM t WHERE a < 0 UNION ALL SELECT NULL"),
            Draft.of("x", Select.of("t", "a").orderBy("b", true).limit(1)),
            Draft.of("x", Select.of("t", "a").orderBy("b", false).limit(1)),
            Draft.of("x", Select.of("t", "a").orderBy("r", true).limit(1)),
            Draft.of("x", ENDLESS));

    @TempDir
    private Path folder;

    @Test
    void aForeignFileHasTheSameVerdicts() throws SQLException {
        Path file = folder.resolve("t.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE t (a INTEGER, b INTEGER, r REAL)");
            // The two largest differ in the last digit of a double only, which is a tie.
            statement.executeUpdate("INSERT INTO t VALUES (1, 5, 0.5), (2, 5, 0.3), (3, 7, 0.1 + 0.2), (4, 5, 0.1)");
            statement.executeUpdate("UPDATE t SET r = 0.2 WHERE a = 1");
            try (ForeignDatabase foreign = ForeignDatabase.of(file);
                    ConnectionRunner runner = new ConnectionRunner(connection)) {
                PairChecker there = new PairChecker(DraftRunner.of(foreign));
                PairChecker here = new PairChecker(runner);

                List<Boolean> verdicts = DRAFTS.stream().map(here::answers).toList();

                assertThat(DRAFTS.stream().map(there::answers).toList()).isEqualTo(verdicts);
                assertThat(verdicts).containsExactly(true, false, false, false, true, false, true, false, false, false);
            }
        }
    }

    @Test
    void aQueryThatTheFileRefusesIsALine() throws SQLException {
        Path file = folder.resolve("t.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE t (a)");
        }
        try (ForeignDatabase foreign = ForeignDatabase.of(file)) {
            PairChecker checker = new PairChecker(DraftRunner.of(foreign));
            assertThatThrownBy(() -> checker.answers(Draft.of("x", "SELECT nowhere FROM t")))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("Synthesised SQL fails: SELECT nowhere FROM t: ")
                    .hasMessageContaining("PRAGMA integrity_check");
        }
    }
}
