package org.sqltune.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.worker.SqliteWorkers;

/** Statements that want to write, to read elsewhere, or to use up everything. How exactly time is kept: the heavy test. */
class HostileSqlTest {
    private static final double SECONDS = 0.3;

    /** One for all of them, so that each statement meets what those before have left. */
    private static final SqliteWorkers WORKERS = new SqliteWorkers(1);

    @TempDir
    private static Path folder;

    private static byte[] before = {};
    private static Path file = Path.of("");

    @BeforeAll
    static void makeDatabase() throws IOException {
        file = HostileStatements.makeDatabase(folder);
        before = Files.readAllBytes(file);
    }

    @AfterAll
    static void endWorkers() {
        WORKERS.close();
    }

    @AfterEach
    void nothingHasChangedAndTheNextQueryRuns() throws IOException {
        assertThat(staff().execute("SELECT count(*) FROM staff").rows()).containsExactly(List.of(40L));
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
            assertThat(files).containsExactly(file);
        }
        assertThat(Path.of("copy.sqlite")).doesNotExist();
        assertThat(Path.of("other.sqlite")).doesNotExist();
        assertThat(Path.of("copied")).doesNotExist();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("refused")
    void whatIsNotAllowedOrTooLargeFails(String sql) {
        assertThat(failureOf(sql)).as(HostileStatements.beginning(sql)).isNotNull();
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("costly")
    void whatHasNoEndIsStopped(String sql) {
        SqlExecutionException failure = failureOf(sql);
        assertThat(failure).as(HostileStatements.beginning(sql)).isNotNull();
        assertThat(failure.kind())
                .as(HostileStatements.beginning(sql) + ": " + failure.getMessage())
                .isEqualTo(Kind.TIMEOUT);
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("harmless")
    void whatOnlyLooksBadChangesNothing(String sql) {
        try {
            assertThat(staff().execute(sql).columns()).isNotEmpty();
        } catch (SqlExecutionException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Test
    void thereAreManyOfThem() {
        assertThat(refused().size() + costly().size() + harmless().size()).isGreaterThan(100);
    }

    static List<String> refused() {
        return HostileStatements.of("refused");
    }

    static List<String> costly() {
        return HostileStatements.of("costly");
    }

    static List<String> harmless() {
        return HostileStatements.of("harmless");
    }

    private static @Nullable SqlExecutionException failureOf(String sql) {
        return catchThrowableOfType(SqlExecutionException.class, () -> staff().execute(sql));
    }

    private static SqlExecutor staff() {
        return WORKERS.open(file, QueryLimits.DEFAULTS.with(SECONDS, 10_000));
    }
}
