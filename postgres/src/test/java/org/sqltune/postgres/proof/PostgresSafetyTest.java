package org.sqltune.postgres.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.postgres.SharedServer;
import org.sqltune.postgres.SqliteFiles;
import org.sqltune.postgres.schema.SchemaConverter;

/** Even SQL that no conversion would let through does no harm. */
@ExtendWith(SharedServer.class)
class PostgresSafetyTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE singer",
                "DELETE FROM singer",
                "CREATE TABLE x (y int)",
                "CREATE TEMP TABLE x (y int)",
                "SELECT 1; DROP TABLE singer",
                "COMMIT; DROP TABLE singer",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT lo_import('/etc/passwd')",
                "COPY singer TO PROGRAM 'true'",
                "SELECT * FROM pg_authid",
                "SELECT pg_reload_conf()"
            })
    void aQueryCanOnlyReadItsOwnSchema(String sql, PostgresServer server) {
        try (PostgresDatabase copy = copy(server, 5)) {
            assertThatThrownBy(() -> copy.execute(sql)).isInstanceOf(SqlExecutionException.class);
            assertThat(copy.execute("SELECT count(*) FROM singer").rows().get(0))
                    .containsExactly(5L);
        }
    }

    @Test
    void aSlowQueryIsStopped(PostgresServer server) {
        try (PostgresDatabase copy = copy(server, 0.2)) {
            assertThatThrownBy(() -> copy.execute("SELECT pg_sleep(30)"))
                    .isInstanceOfSatisfying(
                            SqlExecutionException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
        }
    }

    @Test
    void aLongResultIsCutOff(PostgresServer server) {
        try (PostgresDatabase copy = copy(server, 5)) {
            assertThat(copy.execute("SELECT generate_series(1, 100000)"))
                    .satisfies(result -> assertThat(result.truncated()).isTrue())
                    .satisfies(result -> assertThat(result.rows()).hasSize(1000));
        }
    }

    @Test
    void nothingRemainsOnTheServer(PostgresServer server) throws SQLException {
        copy(server, 5).close();
        try (var connection = server.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT (SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'sqltune%')"
                                + " + (SELECT count(*) FROM pg_roles WHERE rolname LIKE 'sqltune%')")) {
            rows.next();
            assertThat(rows.getLong(1)).isZero();
        }
    }

    @Test
    void theEmbeddedServerTakesItsFolderAlong() {
        Path data;
        try (EmbeddedServer server = EmbeddedServer.start()) {
            data = server.folder();
            assertThat(data).isDirectory();
        }
        assertThat(Files.exists(data)).isFalse();
    }

    @Test
    void aServerThatIsntThereIsNamedWithoutItsPassword() {
        RemoteServer nowhere = new RemoteServer("jdbc:postgresql://localhost:1/db?user=me&password=secret", null);
        assertThat(nowhere).hasToString("jdbc:postgresql://localhost:1/db?user=me");
        assertThatThrownBy(() -> copy(nowhere, 5))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("Can't connect")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new RemoteServer("jdbc:mysql://x", null)).isInstanceOf(SqlTuneException.class);
    }

    private PostgresDatabase copy(PostgresServer server, double timeoutSeconds) {
        Path file = SqliteFiles.make(folder.resolve(Long.toString(System.nanoTime())), "c", SqliteFiles.CONCERTS);
        return PostgresDatabase.copy(
                server, new SchemaConverter().convert(file), file, QueryLimits.DEFAULTS.with(timeoutSeconds, 1000));
    }
}
