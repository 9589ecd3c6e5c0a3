package org.sqltune.postgres.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.postgres.SharedServer;

/**
 * What hostile statements leave on a server, to which an ordinary login that may read connects: PostgreSQL lets everybody
 * take advisory locks, write to the log of changes and end sessions of the same login.
 */
@ExtendWith(SharedServer.class)
class ServerHarmTest {
    private static final QueryLimits LIMITS = QueryLimits.DEFAULTS.with(2, 1000);
    private static final List<String> STATEMENTS = List.of(
            "SELECT pg_advisory_lock(1)",
            "SELECT pg_advisory_lock(i) FROM generate_series(1, 1000000) i",
            "SELECT pg_try_advisory_lock(2), 1 / 0",
            "SELECT pg_advisory_lock_shared(3), pg_sleep(60)",
            "SELECT (4::bigint).pg_advisory_lock",
            "SELECT \"pg_advisory_lock\"(5)",
            "SELECT query_to_xml('SELECT pg_advisory_lock(6)', true, true, '')",
            "SELECT query_to_xml('SELECT pg_' || 'advisory_lock(7)', true, true, '')",
            "SELECT * FROM ts_stat('SELECT pg_advisory_lock(8)::text::tsvector')",
            "SELECT pg_logical_emit_message(false, 'x', repeat('y', 1000000)) FROM generate_series(1, 100)",
            "SELECT pg_logical_emit_message(true, 'x', 'y')",
            "WITH w AS MATERIALIZED (SELECT pg_logical_emit_message(false, 'x', 'y')) SELECT 1 / 0 FROM w",
            "SELECT lo_create(0)",
            "SELECT lo_creat(-1) FROM generate_series(1, 1000)",
            "SELECT lo_from_bytea(0, repeat('x', 1000000)::bytea)",
            "SELECT lo_unlink(1), lo_put(1, 0, 'x'), lowrite(lo_open(1, 131072), 'x')",
            "SELECT pg_notify('a', repeat('b', 7000)) FROM generate_series(1, 1000)",
            "SELECT txid_current()",
            "SELECT pg_current_xact_id()",
            "SELECT nextval('harm.counter'), setval('harm.counter', 1000)",
            "SELECT pg_export_snapshot()",
            "SELECT pg_create_physical_replication_slot('slot', true)",
            "SELECT pg_create_logical_replication_slot('slot', 'test_decoding')",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = session_user",
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = session_user",
            "SELECT set_config('statement_timeout', '0', false), pg_sleep(60)",
            "SELECT set_config('client_connection_check_interval', '0', false), pg_sleep(60)",
            "SELECT harm.run('SELECT pg_advisory_lock(9)')",
            "SELECT harm.locked(10)",
            "SELECT * FROM harm.book FOR UPDATE",
            "SELECT * INTO harm.stolen FROM harm.book",
            "CREATE TEMPORARY TABLE t AS SELECT 1",
            "WITH gone AS (DELETE FROM harm.book RETURNING 1) SELECT * FROM gone",
            "LOCK TABLE harm.book IN ACCESS SHARE MODE",
            "SELECT count(*) FROM generate_series(1, 1000000000) a, generate_series(1, 1000000000) b",
            "SELECT pg_sleep(60)");

    private final PostgresServer server;

    ServerHarmTest(PostgresServer server) {
        this.server = server;
    }

    @BeforeEach
    void makeDatabase() throws SQLException {
        try (Connection admin = server.connect()) {
            Statements.run(
                    admin,
                    "CREATE SCHEMA harm",
                    "CREATE TABLE harm.book AS SELECT i AS id FROM generate_series(1, 5) i",
                    "CREATE SEQUENCE harm.counter",
                    "CREATE FUNCTION harm.run(query text) RETURNS text LANGUAGE plpgsql"
                            + " AS 'DECLARE t text; BEGIN EXECUTE query INTO t; RETURN t; END'",
                    "CREATE FUNCTION harm.locked(key int) RETURNS text LANGUAGE sql"
                            + " AS 'SELECT pg_advisory_lock(key)::text'",
                    "CREATE VIEW harm.locking AS SELECT pg_try_advisory_lock(11)::text AS got",
                    "CREATE ROLE stranger LOGIN PASSWORD 'secret'",
                    "GRANT USAGE ON SCHEMA harm TO stranger",
                    "GRANT SELECT ON ALL TABLES IN SCHEMA harm TO stranger",
                    "ANALYZE harm.book");
        }
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        try (Connection admin = server.connect()) {
            Statements.run(admin, "DROP SCHEMA harm CASCADE", "DROP OWNED BY stranger", "DROP ROLE stranger");
        }
    }

    @Test
    void hostileStatementsLeaveNoLocksNoLogAndNoBackends() throws SQLException {
        try (Connection admin = server.connect();
                QueryDatabases.Session session = stranger().open(LIMITS, 2)) {
            SqlExecutor database = session.database("");
            database.execute("SELECT * FROM harm.book");
            for (String sql : STATEMENTS) {
                long written = writtenBy(sql, database, admin);
                // The server writes now and then by itself, but not twice in a row.
                assertThat(written == 0 ? 0 : writtenBy(sql, database, admin))
                        .as("bytes of WAL after " + sql)
                        .isZero();
                assertThat(advisoryLocks(admin)).as(sql).isZero();
            }
            assertThat(number(admin, "SELECT count(*) FROM pg_largeobject_metadata"))
                    .isZero();
            assertThat(number(admin, "SELECT count(*) FROM pg_replication_slots"))
                    .isZero();
            assertThat(number(admin, "SELECT count(*) FROM harm.book")).isEqualTo(5);
        }
        assertNobodyIsLeft();
    }

    /** The owner's view isn't the query's doing: what it takes is given back when the query has ended, well or not. */
    @Test
    void locksThatAViewTakesEndWithTheQuery() throws SQLException {
        try (Connection admin = server.connect();
                QueryDatabases.Session session = stranger().open(LIMITS, 1)) {
            SqlExecutor database = session.database("");
            assertThat(database.execute("SELECT got FROM harm.locking").rows()).containsExactly(List.of("true"));
            assertThat(advisoryLocks(admin)).isZero();
            assertThat(fails(database, "SELECT got, 1 / (length(got) - 4) FROM harm.locking"))
                    .isTrue();
            assertThat(advisoryLocks(admin)).isZero();
        }
    }

    /** Closing a session in the middle of a query, as Ctrl-C does, ends the query on the server, too. */
    @Test
    void aQueryThatRunsWhenTheSessionIsClosedEndsOnTheServer() throws SQLException, InterruptedException {
        QueryLimits long60 = LIMITS.with(60, 10);
        try (Connection admin = server.connect()) {
            Thread asking;
            try (QueryDatabases.Session session = stranger().open(long60, 1)) {
                SqlExecutor database = session.database("");
                asking = new Thread(() -> fails(database, "SELECT pg_sleep(50)"));
                asking.start();
                waitUntil(
                        admin,
                        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(50)%'"
                                + " AND state = 'active' AND usename = 'stranger'",
                        1);
            }
            asking.join();
            assertNobodyIsLeft();
        }
    }

    private boolean fails(SqlExecutor database, String sql) {
        try {
            database.execute(sql);
            return false;
        } catch (SqlExecutionException e) {
            return true;
        }
    }

    /** A backend needs a moment to end. */
    private void assertNobodyIsLeft() throws SQLException {
        try (Connection admin = server.connect()) {
            waitUntil(admin, "SELECT count(*) FROM pg_stat_activity WHERE usename = 'stranger'", 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void waitUntil(Connection admin, String count, long wanted)
            throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (number(admin, count) != wanted && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        assertThat(number(admin, count)).as(count).isEqualTo(wanted);
    }

    /** Of a connection that was closed, the locks go a moment later. */
    private static long advisoryLocks(Connection admin) throws SQLException {
        String count = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'";
        try {
            waitUntil(admin, count, 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return number(admin, count);
    }

    private long writtenBy(String sql, SqlExecutor database, Connection admin) throws SQLException {
        String position = "SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint";
        long before = number(admin, position);
        assertThat(fails(database, sql)).as(sql).isTrue();
        return number(admin, position) - before;
    }

    private static long number(Connection admin, String sql) throws SQLException {
        try (Statement statement = admin.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private ReadOnlyPostgres stranger() {
        return new ReadOnlyPostgres(server.jdbcUrl().replaceFirst("user=\\w+", "user=stranger") + "&password=secret");
    }
}
