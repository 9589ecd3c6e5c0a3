package org.sqltune.postgres.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.postgres.SharedServer;

/** On a database whose user has made a login for reading, {@code borrower}. */
@ExtendWith(SharedServer.class)
class ReadOnlyPostgresTest {
    /** Long enough for a machine that has much else to do. */
    private static final QueryLimits LIMITS = QueryLimits.DEFAULTS.with(60, 50_000);

    private static final QueryLimits SHORT = QueryLimits.DEFAULTS.with(1, 50_000);

    private final PostgresServer server;

    ReadOnlyPostgresTest(PostgresServer server) {
        this.server = server;
    }

    @BeforeEach
    void makeLibrary() throws SQLException {
        asAdmin(
                "CREATE SCHEMA library",
                "CREATE TABLE library.book (id integer, title text, price numeric(6, 2), weight real, lent boolean)",
                "INSERT INTO library.book VALUES (1, 'Emma', 9.50, 0.1, true), (2, NULL, 12.00, 2, false)",
                "CREATE ROLE librarian NOLOGIN",
                "CREATE ROLE borrower LOGIN PASSWORD 'secret'",
                "GRANT USAGE ON SCHEMA library TO borrower",
                "GRANT SELECT ON ALL TABLES IN SCHEMA library TO borrower");
    }

    @AfterEach
    void dropLibrary() throws SQLException {
        asAdmin(
                "DROP SCHEMA library CASCADE",
                "DROP OWNED BY borrower, librarian",
                "DROP ROLE borrower",
                "DROP ROLE librarian");
    }

    @Test
    void queriesSeeTheSchemaOfTheUrlAndItsValuesAsSqliteHasThem() {
        try (QueryDatabases.Session session = postgres("borrower").open(LIMITS, 1)) {
            SqlExecutor database = session.database("any");
            assertThat(database.execute("SELECT * FROM book ORDER BY id;").rows())
                    .containsExactly(List.of(1L, "Emma", 9.5, 0.1, 1L), Arrays.asList(2L, null, 12L, 2.0, 0L));
            assertThat(database.execute("SELECT sum(id), 10::numeric ^ 30, DATE '2026-11-22', 'x?y' FROM book")
                            .rows())
                    .containsExactly(List.of(3L, 1e30, "2026-11-22", "x?y"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM book",
                "WITH gone AS (DELETE FROM book RETURNING 1) SELECT * FROM gone",
                "EXPLAIN ANALYZE DELETE FROM book",
                "SELECT 1; DELETE FROM book",
                "SELECT $$[$$; DELETE FROM book; SELECT $$]$$",
                "COMMIT; DELETE FROM book",
                "SELECT * INTO stolen FROM book",
                "SELECT * FROM book FOR UPDATE",
                "SELECT set_config('transaction_read_only', 'off', false), query_to_xml('DELETE FROM book', true, true, '')",
                "SELECT set_config('role', 'postgres', false)",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT * FROM pg_authid",
                "SELECT pg_terminate_backend(pg_backend_pid())",
                "SELECT repeat('x', 100000000)",
                "-- nothing",
                "",
            })
    void aQueryThatMayNotRunChangesNothing(String sql) {
        try (QueryDatabases.Session session = postgres("borrower").open(LIMITS, 1)) {
            SqlExecutor database = session.database("");
            assertThatThrownBy(() -> database.execute(sql)).isInstanceOf(SqlExecutionException.class);
            assertThat(database.execute("SELECT count(*) FROM book").rows()).containsExactly(List.of(2L));
        }
    }

    /** The second one never takes the server's whole time limit for the next rows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
                "SELECT i, pg_sleep(0.0005) FROM generate_series(1, 1000000) i",
            })
    void aQueryThatNeverEndsIsStopped(String sql) {
        try (QueryDatabases.Session session = postgres("borrower").open(SHORT, 1)) {
            long start = System.nanoTime();
            assertThat(kindOf(session.database(""), sql)).isEqualTo(Kind.TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }

    @Test
    void whatIsWrongWithAQueryIsSaid() {
        try (QueryDatabases.Session session = postgres("borrower").open(LIMITS, 1)) {
            SqlExecutor database = session.database("");
            assertThat(kindOf(database, "SELECT 1 FROM shelf")).isEqualTo(Kind.NO_SUCH_TABLE);
            assertThat(kindOf(database, "SELECT colour FROM book")).isEqualTo(Kind.NO_SUCH_COLUMN);
            assertThat(kindOf(database, "SELECT FROM WHERE")).isEqualTo(Kind.SYNTAX);
            assertThat(kindOf(database, "SELECT 1\0")).isEqualTo(Kind.SYNTAX);
            assertThat(kindOf(database, "DROP TABLE book")).isEqualTo(Kind.NOT_A_QUERY);
            assertThat(kindOf(database, "SELECT 1; SELECT 2")).isEqualTo(Kind.SEVERAL_STATEMENTS);
            assertThat(database.execute("SELECT generate_series(1, 100000)").truncated())
                    .isTrue();
            QueryResult blobs =
                    database.execute("SELECT decode(repeat('00', 20000), 'hex') FROM generate_series(1, 5000)");
            assertThat(blobs.truncated()).isTrue();
        }
    }

    @Test
    void manyThreadsShareTheConnectionsAndOneThatIsEndedFromOutsideIsReplaced() throws SQLException {
        try (QueryDatabases.Session session = postgres("borrower").open(LIMITS, 3)) {
            SqlExecutor database = session.database("");
            assertThat(IntStream.range(0, 60)
                            .parallel()
                            .mapToObj(i -> database.execute("SELECT " + i).rows())
                            .toList())
                    .isEqualTo(IntStream.range(0, 60)
                            .mapToObj(i -> List.of(List.of((long) i)))
                            .toList());
            asAdmin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'borrower'");
            for (int i = 0; i < 6; i++) {
                assertThat(database.execute("SELECT 1").rows()).containsExactly(List.of(1L));
            }
        }
    }

    @Test
    void aLoginThatMayDoMoreThanReadIsRefused() throws SQLException {
        assertThatThrownBy(() -> postgres("postgres").check())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("The login postgres of data.database is a superuser; name one that may only read")
                .hasMessageContaining("CREATE ROLE reader LOGIN")
                .hasMessageNotContaining("secret");
        postgres("borrower").check();
        asAdmin("GRANT UPDATE (title) ON library.book TO librarian", "GRANT librarian TO borrower WITH INHERIT FALSE");
        assertThatThrownBy(() -> postgres("borrower").open(LIMITS, 1))
                .hasMessageContaining("borrower of data.database may write tables");
        asAdmin("REVOKE librarian FROM borrower", "GRANT DELETE ON library.book TO borrower");
        assertThatThrownBy(() -> postgres("borrower").check()).hasMessageContaining("may write tables");
    }

    /** What PostgreSQL keeps from ordinary users is found in its catalogue, whoever got it by whatever way. */
    @Test
    void aLoginThatMayCallWhatIsKeptFromUsersIsToldHowToTakeItAway() throws SQLException {
        asAdmin("GRANT EXECUTE ON FUNCTION pg_read_file(text), pg_switch_wal() TO borrower");
        assertThatThrownBy(() -> postgres("borrower").check())
                .isInstanceOf(SqlTuneException.class)
                .hasMessage("The login borrower of data.database may call functions that PostgreSQL keeps from ordinary"
                        + " users; take them away: REVOKE EXECUTE ON FUNCTION pg_read_file(text), pg_switch_wal()"
                        + " FROM borrower");
        asAdmin("REVOKE EXECUTE ON FUNCTION pg_read_file(text), pg_switch_wal() FROM borrower");
        postgres("borrower").check();
        asAdmin("GRANT EXECUTE ON FUNCTION pg_reload_conf() TO PUBLIC", "GRANT pg_monitor TO borrower");
        try {
            assertThatThrownBy(() -> postgres("borrower").check())
                    .hasMessageContaining("REVOKE EXECUTE ON FUNCTION pg_reload_conf() FROM PUBLIC;")
                    .hasMessageContaining("REVOKE pg_monitor FROM borrower");
        } finally {
            asAdmin("REVOKE EXECUTE ON FUNCTION pg_reload_conf() FROM PUBLIC", "REVOKE pg_monitor FROM borrower");
        }
        postgres("borrower").check();
    }

    @Test
    void aFailedQueryLosesItsConnectionEvenWhereTheLoginMayHaveNoOther() throws SQLException {
        asAdmin("ALTER ROLE borrower CONNECTION LIMIT 1");
        try (QueryDatabases.Session session = postgres("borrower").open(LIMITS, 1)) {
            SqlExecutor database = session.database("");
            Object first =
                    database.execute("SELECT pg_backend_pid()").rows().get(0).get(0);
            assertThat(database.execute("SELECT pg_backend_pid()").rows()).containsExactly(List.of(first));
            for (int i = 0; i < 5; i++) {
                assertThat(kindOf(database, "SELECT 1 / 0")).isEqualTo(Kind.INVALID);
                Object next = database.execute("SELECT pg_backend_pid()")
                        .rows()
                        .get(0)
                        .get(0);
                assertThat(next).isNotEqualTo(first);
                first = next;
            }
        }
    }

    @Test
    void aServerWithoutRoomSaysSo() throws SQLException {
        asAdmin("ALTER ROLE borrower CONNECTION LIMIT 2");
        assertThatThrownBy(() -> postgres("borrower").open(LIMITS, 4))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("one of 4 connections")
                .hasMessageContaining("CONNECTION LIMIT");
    }

    @Test
    void noMessageHoldsThePassword() {
        ReadOnlyPostgres nowhere = new ReadOnlyPostgres("jdbc:postgresql://localhost:1/db?user=me&password=secret");
        assertThat(nowhere).hasToString("jdbc:postgresql://localhost:1/db?user=me");
        assertThatThrownBy(nowhere::check)
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("data.database")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new ReadOnlyPostgres("jdbc:postgresql://h:port/db?password=secret").check())
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("jdbc:postgresql://h:port/db;")
                .hasMessageNotContaining("secret");
    }

    private static Kind kindOf(SqlExecutor database, String sql) {
        try {
            throw new AssertionError("it runs: " + database.execute(sql).rows().size());
        } catch (SqlExecutionException e) {
            return e.kind();
        }
    }

    private ReadOnlyPostgres postgres(String user) {
        return new ReadOnlyPostgres(
                server.jdbcUrl().replaceFirst("user=\\w+", "user=" + user) + "&password=secret&currentSchema=library");
    }

    private void asAdmin(String... statements) throws SQLException {
        try (Connection admin = server.connect()) {
            Statements.run(admin, statements);
        }
    }
}
