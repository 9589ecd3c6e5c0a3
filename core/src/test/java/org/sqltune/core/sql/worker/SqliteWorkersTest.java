package org.sqltune.core.sql.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.RowSink;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.SqliteExecutor;
import org.sqltune.core.sql.TestDatabases;

class SqliteWorkersTest {
    /** One call of one function, which SQLite never interrupts; minutes long. */
    private static final String ENDLESS_CALL =
            "SELECT instr(printf('%.*c', 990000, 'a'), printf('%.*c', 490000, 'a') || 'b')";

    @TempDir
    private Path folder;

    private final SqliteWorkers workers = new SqliteWorkers(2);
    private Path file = Path.of("");

    @BeforeEach
    void makeDatabase() {
        file = TestDatabases.create(
                folder.resolve("a b?c#d%20é").resolve("pets.sqlite"),
                "CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT, weight REAL, photo BLOB)",
                "INSERT INTO pet VALUES (1, 'Zoë', 3.5, x'CAFE'), (2, '猫😀', NULL, NULL), (3, '', -0.0, x'')");
    }

    @AfterEach
    void endWorkers() {
        workers.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM pet ORDER BY id",
                "SELECT id AS a, id AS a, 9223372036854775807, 1e308 * 10, name || char(0) || 'x' FROM pet",
                "SELECT name FROM pet WHERE id > 9",
                "SELECT nope FROM pet",
                "SELECT FROM",
                "DROP TABLE pet",
                "SELECT 1; SELECT 2",
                "SELECT zeroblob(2000000)",
                "SELECT CAST(x'FFFE41' AS TEXT)",
                ""
            })
    void theAnswerIsThatOfTheSameProcess(String sql) {
        try (SqliteExecutor here = SqliteExecutor.open(file, QueryLimits.DEFAULTS)) {
            assertThat(outcome(pets(), sql)).isEqualTo(outcome(here, sql));
        }
    }

    @Test
    void valuesKeepTheirTypes() {
        assertThat(pets().execute("SELECT * FROM pet ORDER BY id").rows().get(0))
                .containsExactly(1L, "Zoë", 3.5, new byte[] {(byte) 0xCA, (byte) 0xFE});
    }

    @Test
    void limitsCutOffAsInTheSameProcess() {
        QueryResult rows = workers.open(file, QueryLimits.DEFAULTS.with(30, 2)).execute("SELECT id FROM pet");
        assertThat(rows.rows()).hasSize(2);
        assertThat(rows.truncated()).isTrue();
        QueryResult wide = pets().execute("SELECT " + "zeroblob(900000), ".repeat(100) + "1");
        assertThat(wide.rows()).isEmpty();
        assertThat(wide.truncated()).isTrue();
    }

    @Test
    void aCallThatCantBeInterruptedCostsItsProcessAndNothingElse() {
        SqlExecutor pets = workers.open(file, QueryLimits.DEFAULTS.with(0.5, 100));
        assertThatThrownBy(() -> pets.execute(ENDLESS_CALL))
                .isInstanceOfSatisfying(
                        SqlExecutionException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT))
                .hasMessage("stopped at the time limit of 0.5 s");
        assertThat(pets.execute("SELECT count(*) FROM pet").rows()).containsExactly(List.of(3L));
    }

    @Test
    void moreMemoryThanTheLimitIsAnErrorAndNothingElse() {
        String greedy = "SELECT " + "randomblob(990000), ".repeat(1900) + "1";
        SqlExecutionException failure = catchThrowableOfType(SqlExecutionException.class, () -> pets().execute(greedy));
        if (System.getProperty("os.name").contains("Linux")) {
            assertThat(failure.kind()).isEqualTo(Kind.TOO_LARGE);
        }
        assertThat(pets().execute("SELECT count(*) FROM pet").rows()).containsExactly(List.of(3L));
    }

    @Test
    void manyThreadsShareFewProcesses() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            SqlExecutor pets = pets();
            List<Future<QueryResult>> results = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> pets.execute("SELECT " + i + " FROM pet")))
                    .toList();
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get().rows().get(0)).containsExactly((long) i);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsReportedOnOpening() throws Exception {
        assertThatThrownBy(() -> workers.open(folder.resolve("none.sqlite"), QueryLimits.DEFAULTS))
                .isInstanceOfSatisfying(
                        SqlExecutionException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISSING_DATABASE));
        Path text = Files.write(
                folder.resolve("text.sqlite"), "no database at all".repeat(100).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> workers.open(text, QueryLimits.DEFAULTS))
                .isInstanceOfSatisfying(
                        SqlExecutionException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREADABLE_DATABASE))
                .hasMessageContaining("text.sqlite");
    }

    @Test
    void processesEndWithTheirWorkers() throws Exception {
        pets().execute("SELECT 1");
        List<ProcessHandle> children = ProcessHandle.current().children().toList();
        assertThat(children).isNotEmpty();
        workers.close();
        for (ProcessHandle child : children) {
            child.onExit().get(10, TimeUnit.SECONDS);
        }
        assertThatThrownBy(() -> pets()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aWorkerThatDiedWhileIdleIsReplaced() throws Exception {
        SqlExecutor pets = pets();
        for (ProcessHandle child : ProcessHandle.current().children().toList()) {
            child.destroyForcibly();
            child.onExit().get(10, TimeUnit.SECONDS);
        }
        assertThat(pets.execute("SELECT count(*) FROM pet").rows()).containsExactly(List.of(3L));
    }

    @Test
    void rowsArePassedOnAsTheyArriveAndNotKept() {
        long[] seen = {0, 0};
        boolean truncated = workers.stream(
                file,
                new QueryLimits(Duration.ofMinutes(1), Integer.MAX_VALUE, Long.MAX_VALUE, 1_000_000, 1_000_000_000),
                "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 300000) SELECT x, 'row' FROM c",
                new RowSink() {
                    @Override
                    public void columns(List<String> names) {
                        assertThat(names).hasSize(2);
                    }

                    @Override
                    public void value(@Nullable Object value) {
                        seen[0]++;
                        seen[1] += value instanceof Long number ? number : 0;
                    }
                });

        assertThat(truncated).isFalse();
        assertThat(seen).containsExactly(600_000, 300_000L * 300_001 / 2);
    }

    @Test
    void aReceiverThatFailsEndsTheQueryAndTheNextOneIsAnswered() {
        RowSink failing = new RowSink() {
            @Override
            public void columns(List<String> names) {
                // Nothing to do.
            }

            @Override
            public void value(@Nullable Object value) {
                throw new IllegalStateException("no room");
            }
        };
        assertThatThrownBy(() -> workers.stream(file, QueryLimits.DEFAULTS, "SELECT * FROM pet", failing))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no room");
        assertThat(pets().execute("SELECT count(*) FROM pet").rows()).containsExactly(List.of(3L));
    }

    private SqlExecutor pets() {
        return workers.open(file, QueryLimits.DEFAULTS);
    }

    private static String outcome(SqlExecutor executor, String sql) {
        try {
            QueryResult result = executor.execute(sql);
            return result.columns()
                    + Arrays.deepToString(
                            result.rows().stream().map(List::toArray).toArray())
                    + result.truncated();
        } catch (SqlExecutionException e) {
            return e.kind() + " " + e.getMessage();
        }
    }
}
