package org.sqltune.evaluation.spider.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.sql.SqlExecutionException;

class PythonLikeExecutorTest {
    private final FakeDatabase database = new FakeDatabase().with("SELECT a", 1).with("SELECT a;", 1);
    private final PythonLikeExecutor executor = new PythonLikeExecutor(database);

    @Test
    void queriesAreRunAsTheyAre() {
        assertThat(executor.execute("SELECT a").rows()).hasSize(1);
        assertThat(executor.execute("\ufeffSELECT a;").rows()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", ";", " ; ; ", "-- nothing", "/* nothing */"})
    void anEmptyStatementReturnsNothing(String sql) {
        assertThat(executor.execute(sql).rows()).isEmpty();
        assertThat(database.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT ? | INVALID",
                "SELECT :name | INVALID",
                "SELECT 1_000 | SYNTAX",
                "SELECT a; SELECT a | SEVERAL_STATEMENTS",
                "SELECT a;; | SEVERAL_STATEMENTS",
                "SELECT concat('a', 'b') | INVALID",
                "SELECT MEDIAN (a) | INVALID",
                "SELECT if(a, 1, 2) | INVALID"
            })
    void whatPythonRefusesIsRefusedBeforeItRuns(String sql, SqlExecutionException.Kind kind) {
        assertThatThrownBy(() -> executor.execute(sql))
                .isInstanceOfSatisfying(
                        SqlExecutionException.class, e -> assertThat(e.kind()).isEqualTo(kind));
        assertThat(database.asked()).isEmpty();
    }

    @Test
    void resultsAreRememberedWithFailures() {
        RememberingExecutor remembering = new RememberingExecutor(database);
        assertThat(remembering.execute("SELECT a")).isEqualTo(remembering.execute("SELECT a"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> remembering.execute("SELECT b")).isInstanceOf(SqlExecutionException.class);
        }
        assertThat(database.asked()).containsExactly("SELECT a", "SELECT b");
    }
}
