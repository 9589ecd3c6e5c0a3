package org.sqltune.core.sql.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.TestDatabases;

class SqliteDatabasesTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void makeDatabase() {
        file = TestDatabases.numbers(folder.resolve("n").resolve("n.sqlite"), 3);
    }

    @Test
    void aMissingDatabaseFailsItsOwnQuestionsOnly() {
        QueryDatabases databases = new SqliteDatabases(new DatabaseFolder(folder));
        databases.check();
        assertThat(databases.has("n")).isTrue();
        assertThat(databases.has("m")).isFalse();
        assertThat(databases.has("")).isFalse();
        assertThat(databases).hasToString(folder.toString());
        try (QueryDatabases.Session session = databases.open(QueryLimits.DEFAULTS, 1)) {
            assertThatThrownBy(() -> session.database("m"))
                    .isInstanceOfSatisfying(
                            SqlExecutionException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.MISSING_DATABASE));
            assertThat(session.database("n").execute("SELECT sum(x) FROM n").rows())
                    .containsExactly(List.of(6L));
            assertThat(session.database("n")).isSameAs(session.database("n"));
        }
    }

    @Test
    void oneFileAnswersForEveryNameUntilItsSessionIsClosed() {
        QueryDatabases databases = new SqliteFile(file);
        databases.check();
        assertThat(databases.has("")).isTrue();
        assertThat(databases.has("anything")).isTrue();
        assertThat(databases).hasToString(file.toString());
        QueryDatabases.Session session = databases.open(QueryLimits.DEFAULTS, 1);
        assertThat(session.database("").execute("SELECT max(x) FROM n").rows()).containsExactly(List.of(3L));
        assertThat(session.database("anything")).isSameAs(session.database(""));
        session.close();
        assertThatThrownBy(() -> session.database("").execute("SELECT 1")).isInstanceOf(IllegalStateException.class);
    }

    /** Ten thousand million seconds and a tenth more are beyond what a long holds in nanoseconds. */
    @Test
    void aTimeLimitBeyondThreeHundredYearsIsNoLimit() {
        try (QueryDatabases.Session session = new SqliteFile(file).open(QueryLimits.DEFAULTS.with(1e10, 10), 1)) {
            assertThat(session.database("").execute("SELECT min(x) FROM n").rows())
                    .containsExactly(List.of(1L));
        }
    }
}
