package org.sqltune.postgres.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.postgres.SharedServer;
import org.sqltune.postgres.SqliteFiles;
import org.sqltune.postgres.schema.SchemaConverter;

/**
 * SQL that means harm, on a PostgreSQL whose superuser made the copy. A query that {@code query_to_xml} runs comes to life
 * only after the expressions beside it, so it has whatever role and settings those have left. The statements run although
 * some call {@link HarmfulFunctions}, to show that transaction, login and limits hold by themselves.
 */
@ExtendWith(SharedServer.class)
class HostilePostgresTest {
    private static final double LIMIT_SECONDS = 1;

    private static @Nullable PostgresDatabase copy;
    private static @Nullable QueryConnection unchecked;

    @BeforeAll
    static void copyDatabase(@TempDir Path folder, PostgresServer server) throws SQLException {
        copy = copy(folder, server, 60);
        String schema = String.valueOf(
                copy().execute("SELECT current_schema()::text").rows().get(0).get(0));
        try (Connection admin = server.connect()) {
            Statements.run(
                    admin,
                    "CREATE ROLE guest LOGIN",
                    "GRANT USAGE ON SCHEMA " + schema + " TO guest",
                    "GRANT SELECT ON ALL TABLES IN SCHEMA " + schema + " TO guest");
        }
        QueryLogin login = QueryLogin.named(server.jdbcUrl().replaceFirst("user=\\w+", "user=guest"), "test", "");
        QueryLimits limits = QueryLimits.DEFAULTS.with(LIMIT_SECONDS, 1000);
        unchecked = new QueryConnection(login, schema, limits, HarmfulFunctions.none());
    }

    private static PostgresDatabase copy(Path folder, PostgresServer server, double seconds) {
        Path file = SqliteFiles.make(folder, "c", SqliteFiles.CONCERTS);
        return PostgresDatabase.copy(
                server, new SchemaConverter().convert(file), file, QueryLimits.DEFAULTS.with(seconds, 1000));
    }

    @AfterAll
    static void dropDatabase(PostgresServer server) throws SQLException {
        unchecked().close();
        copy().close();
        try (Connection admin = server.connect()) {
            Statements.run(admin, "DROP OWNED BY guest", "DROP ROLE guest");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // leaving the role
                "SET ROLE postgres",
                "RESET ROLE",
                "SET SESSION AUTHORIZATION DEFAULT",
                "SELECT set_config('role', 'postgres', false)",
                "SELECT set_config('session_authorization', 'postgres', false)",
                "SELECT set_config('role', 'none', false), query_to_xml('SELECT * FROM pg_authid', true, true, '')",
                "SELECT set_config('role', 'none', true), query_to_xml("
                        + "'SELECT pg_read_file(''/etc/passwd'')', true, true, '')",
                "SELECT set_config('session_authorization', 'postgres', true), query_to_xml("
                        + "'SELECT pg_ls_dir(''/'')', true, true, '')",
                "WITH a AS MATERIALIZED (SELECT set_config('role', 'none', false) AS r)"
                        + " SELECT query_to_xml('SELECT passwd FROM pg_shadow', true, true, '') FROM a",
                "SELECT set_config('role', 'none', false), table_to_xml('pg_authid', true, true, '')",
                "SELECT set_config('role', 'none', false), * FROM query_to_xml('SELECT rolpassword FROM pg_authid',"
                        + " true, true, '')",
                "SELECT set_config('transaction_read_only', 'off', false)",
                "SELECT set_config('transaction_read_only', 'off', false), query_to_xml("
                        + "'DELETE FROM singer', true, true, '')",
                "SELECT set_config('default_transaction_read_only', 'off', false), query_to_xml("
                        + "'DELETE FROM singer RETURNING 1', true, true, '')",
                // writing
                "DELETE FROM singer",
                "UPDATE singer SET name = 'x' RETURNING name",
                "INSERT INTO singer SELECT * FROM singer",
                "TRUNCATE singer",
                "DROP TABLE singer CASCADE",
                "ALTER TABLE singer ADD COLUMN x int",
                "CREATE TABLE public.x AS SELECT 1",
                "SELECT * INTO x FROM singer",
                "WITH gone AS (DELETE FROM singer RETURNING *) SELECT * FROM gone",
                "SELECT 1; DELETE FROM singer",
                "COMMIT; DELETE FROM singer",
                "DO $$ BEGIN DELETE FROM singer; END $$",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE EXTENSION dblink",
                "SELECT * FROM singer FOR UPDATE",
                "SELECT nextval('nothing')",
                "VACUUM",
                "GRANT ALL ON singer TO PUBLIC",
                // files and programs of the server
                "COPY singer TO '/tmp/sqltune-was-here'",
                "COPY singer TO PROGRAM 'touch /tmp/sqltune-was-here'",
                "COPY singer FROM PROGRAM 'echo 1'",
                "COPY singer TO STDOUT",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT pg_read_binary_file('/etc/passwd')",
                "SELECT pg_ls_dir('/')",
                "SELECT pg_stat_file('/etc/passwd')",
                "SELECT lo_import('/etc/passwd')",
                "SELECT lo_export(1, '/tmp/sqltune-was-here')",
                "SELECT dblink('host=127.0.0.1 user=postgres', 'DROP TABLE singer')",
                "SELECT * FROM dblink_exec('host=127.0.0.1 user=postgres', 'DROP TABLE singer')",
                "LOAD 'dblink'",
                // the server itself
                "SELECT * FROM pg_authid",
                "SELECT rolpassword FROM pg_authid",
                "SELECT * FROM pg_shadow",
                "SELECT pg_reload_conf()",
                "SELECT pg_rotate_logfile()",
                "SELECT pg_switch_wal()",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres' LIMIT 1",
                "ALTER SYSTEM SET work_mem = '1TB'",
                "SELECT set_config('work_mem', '1TB', false), set_config('temp_file_limit', '-1', false)",
                // the connection of the query
                "SELECT pg_terminate_backend(pg_backend_pid())",
                "SELECT pg_cancel_backend(pg_backend_pid())",
                "LISTEN x",
                "PREPARE TRANSACTION 'x'",
                "ROLLBACK",
                "BEGIN",
                // too much
                "SELECT pg_sleep(60)",
                "SELECT count(*) FROM generate_series(1, 1000000000) a, generate_series(1, 1000000000) b",
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
                "SELECT repeat('x', 1000000000)",
                "SELECT repeat('x', 200000000) FROM generate_series(1, 50)",
                "SELECT string_agg(repeat('x', 1000), '') FROM generate_series(1, 2000000)",
                "SELECT array_agg(i) FROM generate_series(1, 100000000) i",
                "SELECT set_config('statement_timeout', '0', false), query_to_xml('SELECT pg_sleep(60)', true, true, '')",
                "SELECT pg_advisory_lock(1), pg_sleep(60)",
                "SELECT 9.5 ^ 100000::numeric * factorial(30000)",
            })
    void aHostileQueryFailsWithinItsLimitAndCostsOnlyItself(String sql) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> unchecked().execute(sql)).isInstanceOf(SqlExecutionException.class);
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertThat(taken).isLessThan(Duration.ofSeconds(30));
        assertIntact();
    }

    @Test
    void aCopyIsntAskedWithFunctionsThatDoMoreThanRead() {
        assertThatThrownBy(() -> copy().execute("SELECT pg_advisory_lock(1)"))
                .isInstanceOf(SqlExecutionException.class)
                .hasMessage("not run: it calls pg_advisory_lock, which may do more than read");
    }

    @Test
    void aHundredMillionRowsAreCutOff() {
        QueryResult result = copy().execute("SELECT i FROM generate_series(1, 1000) a, generate_series(1, 100000) i");
        assertThat(result.truncated()).isTrue();
        assertThat(result.rows()).hasSize(1000);
        assertIntact();
    }

    @Test
    void aTextThatIsTooLargeSaysSoAndTheNextQueryRuns(@TempDir Path folder, PostgresServer server) {
        try (PostgresDatabase patient = copy(folder, server, 30)) {
            assertThatThrownBy(() -> patient.execute("SELECT repeat('x', 70000000)"))
                    .isInstanceOfSatisfying(
                            SqlExecutionException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));
            assertThat(patient.execute("SELECT 1").rows()).containsExactly(List.of(1));
        }
    }

    @Test
    void theUserOfAQueryHasNoPowers() {
        assertThat(copy().execute("SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls,"
                                + " session_user = current_user FROM pg_roles WHERE rolname = session_user")
                        .rows())
                .containsExactly(List.of(false, true));
        assertThat(copy().execute("SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON m.member = r.oid"
                                + " WHERE r.rolname = session_user")
                        .rows())
                .containsExactly(List.of(0L));
    }

    /** Why queries have a login of their own: this is how a query leaves a role that was only taken on. */
    @Test
    void aRoleThatWasOnlyTakenOnCanBeLeft(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect()) {
            connection.setAutoCommit(false);
            Statements.run(
                    connection,
                    "CREATE ROLE only_taken_on NOLOGIN",
                    "SET TRANSACTION READ ONLY",
                    "SET LOCAL ROLE only_taken_on");
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT set_config('role', 'none', false),"
                                    + " query_to_xml('SELECT pg_read_file(''PG_VERSION'') AS version', true, true, '')::text")) {
                rows.next();
                assertThat(rows.getString(2)).contains("<version>");
            } finally {
                connection.rollback();
            }
        }
    }

    private static void assertIntact() {
        assertThat(copy().execute("SELECT count(*) FROM singer").rows()).containsExactly(List.of(5L));
        assertThat(patiently("SELECT current_setting('transaction_read_only')").rows())
                .containsExactly(List.of("on"));
        assertThat(Path.of("/tmp/sqltune-was-here")).doesNotExist();
    }

    /** On the connection of the hostile queries, whose limit is short for a machine that has much to do. */
    private static QueryResult patiently(String sql) {
        for (int i = 0; ; i++) {
            try {
                return unchecked().execute(sql);
            } catch (SqlExecutionException e) {
                if (e.kind() != Kind.TIMEOUT || i == 5) {
                    throw e;
                }
            }
        }
    }

    private static QueryConnection unchecked() {
        assertThat(unchecked).isNotNull();
        return unchecked;
    }

    private static PostgresDatabase copy() {
        assertThat(copy).isNotNull();
        return copy;
    }
}
