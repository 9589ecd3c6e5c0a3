package org.sqltune.core.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.sql.SqlExecutionException.Kind;

class QueryLimitsTest {
    private static final double SECONDS = 0.4;
    private static final QueryLimits SHORT = QueryLimits.DEFAULTS.with(SECONDS, 100_000);
    private static final String ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) ";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void makeDatabase() {
        file = TestDatabases.numbers(folder.resolve("n.sqlite"), 2000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ENDLESS + "SELECT count(*) FROM c",
                ENDLESS + "SELECT max(x) FROM c WHERE x < 0",
                "WITH RECURSIVE c(x) AS (SELECT 1 UNION SELECT x + 1 FROM c) SELECT x FROM c ORDER BY x DESC",
                "SELECT count(*) FROM n a, n b, n c, n d",
                ENDLESS + "SELECT group_concat(x) FROM c",
                "SELECT a.x FROM n a, n b, n c ORDER BY a.x * b.x - c.x",
                "SELECT DISTINCT a.x * b.x + c.x FROM n a JOIN n b JOIN n c",
                "SELECT x FROM n WHERE (SELECT sum(a.x * b.x) FROM n a, n b WHERE a.x + b.x <> n.x) < 0"
            })
    void aQueryThatNeverEndsIsStoppedAtItsTime(String sql) {
        long start = System.nanoTime();
        assertThat(kindOf(sql, SHORT)).isEqualTo(Kind.TIMEOUT);
        double took = (System.nanoTime() - start) / 1e9;
        assertThat(took).isBetween(SECONDS, SECONDS + 1);
    }

    @Test
    void theTimeLimitCountsTheReadingOfRowsToo() {
        QueryLimits limits = new QueryLimits(Duration.ofMillis(500), Integer.MAX_VALUE, Long.MAX_VALUE, 1000, 1 << 30);
        assertThat(kindOf("SELECT 1 FROM n a, n b, n c, n d WHERE a.x % 2000 = 0", limits))
                .isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void aQueryOfTooManyStepsIsStoppedAndTheNextOneHasItsOwn() {
        QueryLimits limits = QueryLimits.DEFAULTS.withMaxSteps(200_000);
        try (SqliteExecutor executor = SqliteExecutor.open(file, limits)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> executor.execute(ENDLESS + "SELECT count(*) FROM c"))
                        .isInstanceOfSatisfying(
                                SqlExecutionException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT))
                        .hasMessage("stopped after 200000 steps of SQLite's machine");
                assertThat(executor.execute("SELECT count(*) FROM n").rows()).hasSize(1);
            }
        }
    }

    @Test
    void theMessageNamesTheTimeLimit() {
        try (SqliteExecutor executor = SqliteExecutor.open(file, SHORT)) {
            assertThatThrownBy(() -> executor.execute(ENDLESS + "SELECT count(*) FROM c"))
                    .hasMessage("stopped at the time limit of 0.4 s");
        }
    }

    @Test
    void aStoppedQueryLeavesTheNextOneItsWholeTime() {
        try (SqliteExecutor executor = SqliteExecutor.open(file, SHORT)) {
            assertThatThrownBy(() -> executor.execute(ENDLESS + "SELECT count(*) FROM c"))
                    .isInstanceOf(SqlExecutionException.class);
            assertThat(executor.execute("SELECT count(*) FROM n a, n b WHERE b.x < 20")
                            .rows())
                    .containsExactly(List.of(38_000L));
        }
    }

    @Test
    void rowsBeyondTheLimitAreCutOff() {
        QueryResult result = run("SELECT x FROM n", QueryLimits.DEFAULTS.with(30, 10));
        assertThat(result.rows()).hasSize(10);
        assertThat(result.truncated()).isTrue();
    }

    @Test
    void asManyRowsAsTheLimitAreWhole() {
        QueryResult result = run("SELECT x FROM n", QueryLimits.DEFAULTS.with(30, 2000));
        assertThat(result.rows()).hasSize(2000);
        assertThat(result.truncated()).isFalse();
    }

    @Test
    void aResultTooLargeForTheHeapIsCutOff() {
        QueryResult result = run("SELECT printf('%.*c', 100000, 'x') FROM n", QueryLimits.DEFAULTS);
        assertThat(result.truncated()).isTrue();
        assertThat(result.rows()).hasSize(319);
    }

    @Test
    void aRowTooLargeForTheHeapIsLeftOut() {
        String wide = "SELECT " + "zeroblob(900000), ".repeat(100) + "1";
        QueryResult result = run(wide, QueryLimits.DEFAULTS);
        assertThat(result.truncated()).isTrue();
        assertThat(result.rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT length(zeroblob(1000000000))",
                "SELECT randomblob(1000000000)",
                "SELECT printf('%.*c', 1000000000, 'x')",
                "SELECT hex(zeroblob(900000))",
                "SELECT replace(printf('%.*c', 100000, 'x'), 'x', printf('%.*c', 100000, 'y'))",
                "SELECT group_concat(printf('%.*c', 10000, 'x')) FROM n"
            })
    void aValueTooLargeIsNeverMade(String sql) {
        assertThat(kindOf(sql, QueryLimits.DEFAULTS)).isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void functionsThatAllocateWithoutLimitAreGone() {
        assertThat(kindOf("SELECT length(replicate('x', 900000000))", QueryLimits.DEFAULTS))
                .isEqualTo(Kind.INVALID);
        assertThat(kindOf("SELECT length(\"PadL\" /* ? */ ('x', 900000000))", QueryLimits.DEFAULTS))
                .isEqualTo(Kind.INVALID);
        assertThat(run("SELECT x AS padl FROM n WHERE x = 7", QueryLimits.DEFAULTS)
                        .columns())
                .containsExactly("padl");
    }

    @Test
    void aSortThatFillsTheDiskIsStopped() {
        QueryLimits limits = new QueryLimits(Duration.ofSeconds(60), 10, 1_000_000, 1_000_000, 50_000_000);
        String sql = ENDLESS.replace("(x)", "(x, b)")
                        .replace("SELECT 1", "SELECT 1, randomblob(500000)")
                        .replace("SELECT x + 1", "SELECT x + 1, randomblob(500000)")
                + "SELECT x FROM c ORDER BY b";
        long start = System.nanoTime();
        assertThat(kindOf(sql, limits)).isEqualTo(Kind.TOO_LARGE);
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(30);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ",
                "SELECT NOT ",
                "SELECT * FROM (SELECT * FROM ",
                "SELECT 1 + ",
                "SELECT CASE WHEN 1 THEN "
            })
    void deepNestingIsAnErrorAndNoCrash(String opening) {
        String sql = opening + "(".repeat(20_000) + "1" + ")".repeat(20_000);
        assertThat(kindOf(sql, QueryLimits.DEFAULTS)).isIn(Kind.INVALID, Kind.SYNTAX);
    }

    @Test
    void limitsOfZeroAreRefused() {
        assertThatThrownBy(() -> QueryLimits.DEFAULTS.with(0, 10)).hasMessageContaining("timeout");
        assertThatThrownBy(() -> QueryLimits.DEFAULTS.with(1, 0)).hasMessageContaining("at least 1");
    }

    private QueryResult run(String sql, QueryLimits limits) {
        try (SqliteExecutor executor = SqliteExecutor.open(file, limits)) {
            return executor.execute(sql);
        }
    }

    private Kind kindOf(String sql, QueryLimits limits) {
        return catchThrowableOfType(SqlExecutionException.class, () -> run(sql, limits))
                .kind();
    }
}
