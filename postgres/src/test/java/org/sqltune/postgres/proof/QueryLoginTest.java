package org.sqltune.postgres.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.postgres.SharedServer;
import org.sqltune.postgres.SqliteFiles;
import org.sqltune.postgres.schema.SchemaConverter;

/** On a server where the copying user, {@code maker}, may make schemas but no roles. */
@ExtendWith(SharedServer.class)
class QueryLoginTest {
    @TempDir
    private Path folder;

    private final PostgresServer server;

    QueryLoginTest(PostgresServer server) {
        this.server = server;
    }

    @BeforeEach
    void makeUsers() throws SQLException {
        try (Connection admin = server.connect()) {
            Statements.run(
                    admin,
                    "CREATE ROLE maker LOGIN",
                    "GRANT CREATE ON DATABASE postgres TO maker",
                    "CREATE ROLE reader LOGIN",
                    "CREATE TABLE diary (entry text)");
        }
    }

    @AfterEach
    void dropUsers() throws SQLException {
        try (Connection admin = server.connect()) {
            Statements.run(
                    admin,
                    "DROP TABLE diary",
                    "REVOKE CREATE ON DATABASE postgres FROM maker",
                    "DROP ROLE maker",
                    "DROP ROLE reader");
        }
    }

    @Test
    void queriesRunAsTheLoginThatWasNamed() throws SQLException {
        try (PostgresDatabase copy = copy(as("reader"))) {
            assertThat(copy.execute("SELECT session_user::text, (SELECT count(*) FROM singer)")
                            .rows())
                    .containsExactly(List.of("reader", 5L));
        }
        assertNothingRemains();
    }

    @Test
    void whoMayMakeNoRolesIsToldToNameALogin() throws SQLException {
        assertThatThrownBy(() -> copy(null))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("--reader-url")
                .hasMessageContaining("CREATEROLE");
        assertNothingRemains();
    }

    @Test
    void aLoginThatMayDoMoreThanReadIsRefused() throws SQLException {
        assertThatThrownBy(() -> copy(as("postgres"))).hasMessageContaining("postgres of --reader-url is a superuser");
        assertThatThrownBy(() -> copy(as("maker"))).hasMessageContaining("may make schemas");
        try (Connection admin = server.connect()) {
            Statements.run(admin, "GRANT INSERT ON diary TO reader");
        }
        assertThatThrownBy(() -> copy(as("reader"))).hasMessageContaining("may write tables");
        try (Connection admin = server.connect()) {
            Statements.run(admin, "REVOKE INSERT ON diary FROM reader", "GRANT pg_read_server_files TO reader");
        }
        assertThatThrownBy(() -> copy(as("reader"))).hasMessageContaining("files and programs");
        assertNothingRemains();
    }

    private PostgresDatabase copy(@Nullable String readerUrl) {
        Path file = SqliteFiles.make(folder.resolve(Long.toString(System.nanoTime())), "c", SqliteFiles.CONCERTS);
        RemoteServer remote = new RemoteServer(as("maker"), readerUrl);
        return PostgresDatabase.copy(remote, new SchemaConverter().convert(file), file, QueryLimits.DEFAULTS);
    }

    private String as(String user) {
        return server.jdbcUrl().replaceFirst("user=\\w+", "user=" + user);
    }

    private void assertNothingRemains() throws SQLException {
        try (Connection admin = server.connect();
                ResultSet rows = admin.createStatement()
                        .executeQuery("SELECT (SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'sqltune%'"
                                + " AND pg_get_userbyid(nspowner) = 'maker')")) {
            rows.next();
            assertThat(rows.getLong(1)).isZero();
        }
    }
}
