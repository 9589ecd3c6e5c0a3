package org.sqltune.core.sql.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.SqliteExecutor;
import org.sqltune.core.sql.TestDatabases;
import org.sqltune.core.sql.worker.Request.Operation;

/** Requests, and the databases that a worker keeps open for them. */
class OpenDatabasesTest {
    private static final int MOST_OPEN = 32;

    @TempDir
    private Path folder;

    @Property(tries = 100)
    void aRequestIsReadAsItWasWritten(
            @ForAll Operation operation,
            @ForAll @LongRange(min = 1) long nanos,
            @ForAll @IntRange(min = 1) int rows,
            @ForAll @LongRange(min = 1) long bytes,
            @ForAll @IntRange(min = 1) int value,
            @ForAll @LongRange(min = 1) long steps)
            throws IOException {
        QueryLimits limits = new QueryLimits(Duration.ofNanos(nanos), rows, bytes, value, bytes, steps);
        Request request = new Request(operation, "/a b/猫.sqlite", limits, "SELECT '😀'\n-- " + nanos);
        ByteArrayOutputStream bytesOut = new ByteArrayOutputStream();
        request.write(new DataOutputStream(bytesOut));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytesOut.toByteArray()));
        assertThat(Request.read(in)).isEqualTo(request);
        assertThat(in.read()).as("nothing is left over").isEqualTo(-1);
    }

    @Test
    void fileAndEveryLimitTellDatabasesApartButTheQueryDoesNot() {
        Duration second = Duration.ofSeconds(1);
        QueryLimits limits = new QueryLimits(second, 1, 1, 1, 1);
        List<Request> different = List.of(
                new Request(Operation.EXECUTE, "a", limits, ""),
                new Request(Operation.EXECUTE, "b", limits, ""),
                new Request(Operation.EXECUTE, "a", new QueryLimits(second.plusNanos(1), 1, 1, 1, 1), ""),
                new Request(Operation.EXECUTE, "a", new QueryLimits(second, 2, 1, 1, 1), ""),
                new Request(Operation.EXECUTE, "a", new QueryLimits(second, 1, 2, 1, 1), ""),
                new Request(Operation.EXECUTE, "a", new QueryLimits(second, 1, 1, 2, 1), ""),
                new Request(Operation.EXECUTE, "a", new QueryLimits(second, 1, 1, 1, 2), ""),
                new Request(Operation.EXECUTE, "a", limits.withMaxSteps(1), ""));
        assertThat(different).extracting(Request::database).doesNotHaveDuplicates();
        assertThat(new Request(Operation.OPEN, "a", limits, "SELECT 1").database())
                .isEqualTo(different.get(0).database());
    }

    @Test
    void theLeastRecentlyUsedDatabaseIsClosedForTheThirtyThird() {
        Path file = TestDatabases.create(folder.resolve("a.sqlite"), "CREATE TABLE t (a)");
        OpenDatabases databases = new OpenDatabases();
        SqliteExecutor first = databases.get(request(file, 1));
        SqliteExecutor second = databases.get(request(file, 2));
        for (int rows = 3; rows <= MOST_OPEN; rows++) {
            databases.get(request(file, rows));
        }
        assertThat(databases.get(request(file, 1))).isSameAs(first);
        databases.get(request(file, MOST_OPEN + 1));
        assertThat(first.execute("SELECT 1").rows()).hasSize(1);
        assertThatThrownBy(() -> second.execute("SELECT 1")).isInstanceOf(SqlExecutionException.class);
        assertThat(databases.get(request(file, 2)))
                .isNotSameAs(second)
                .satisfies(again -> assertThat(again.execute("SELECT 1").rows()).hasSize(1));
        for (int rows = 1; rows <= MOST_OPEN + 1; rows++) {
            databases.get(request(file, rows)).close();
        }
    }

    @Test
    void aFileThatCannotBeOpenedIsTriedAgainTheNextTime() {
        OpenDatabases databases = new OpenDatabases();
        Path file = folder.resolve("late.sqlite");
        assertThatThrownBy(() -> databases.get(request(file, 1)))
                .isInstanceOfSatisfying(
                        SqlExecutionException.class, e -> assertThat(e.kind()).isEqualTo(Kind.MISSING_DATABASE));
        TestDatabases.create(file, "CREATE TABLE t (a)");
        try (SqliteExecutor late = databases.get(request(file, 1))) {
            assertThat(late.execute("SELECT count(*) FROM t").rows()).containsExactly(List.of(0L));
        }
    }

    private static Request request(Path file, int rows) {
        return new Request(Operation.EXECUTE, file.toString(), QueryLimits.DEFAULTS.with(30, rows), "SELECT 1");
    }
}
