package org.sqltune.postgres.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.postgres.SharedServer;

/** In a database whose users have made functions of all kinds. */
@ExtendWith(SharedServer.class)
class HarmfulFunctionsTest {
    private static @Nullable HarmfulFunctions functions;

    @BeforeAll
    static void makeFunctions(PostgresServer server) throws SQLException {
        try (Connection admin = server.connect()) {
            Statements.run(
                    admin,
                    "CREATE SCHEMA tools",
                    "CREATE FUNCTION tools.status(code int) RETURNS text LANGUAGE sql AS 'SELECT code::text'",
                    "CREATE FUNCTION tools.grab(key int) RETURNS text LANGUAGE sql STABLE"
                            + " AS 'SELECT pg_catalog.pg_advisory_lock(key)::text'",
                    "CREATE FUNCTION tools.\"Grab it\"(key int) RETURNS text LANGUAGE sql AS 'SELECT tools.grab(key)'",
                    "CREATE FUNCTION tools.run(query text) RETURNS text LANGUAGE plpgsql STABLE"
                            + " AS 'DECLARE t text; BEGIN EXECUTE query INTO t; RETURN t; END'",
                    "CREATE FUNCTION tools.plain(a int) RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN a; END'",
                    "CREATE FUNCTION tools.add_locked(a int, b int) RETURNS int LANGUAGE sql"
                            + " AS 'SELECT a + length(tools.grab(b))'",
                    "CREATE AGGREGATE tools.sum_locked(int) (SFUNC = tools.add_locked, STYPE = int, INITCOND = 0)",
                    "CREATE FUNCTION tools.mine(bigint) RETURNS void LANGUAGE internal AS 'pg_advisory_lock_int8'",
                    "CREATE FUNCTION tools.atomic(k int) RETURNS text LANGUAGE sql"
                            + " BEGIN ATOMIC SELECT pg_catalog.pg_advisory_lock(k)::text; END",
                    "CREATE FUNCTION tools.hidden(k int) RETURNS text LANGUAGE sql"
                            + " AS 'SELECT pg_advisory_lock(k)::text'",
                    "REVOKE EXECUTE ON FUNCTION tools.hidden(int) FROM PUBLIC",
                    "CREATE ROLE caller LOGIN",
                    "SET ROLE caller");
            functions = HarmfulFunctions.of(admin);
        }
    }

    @AfterAll
    static void dropFunctions(PostgresServer server) throws SQLException {
        try (Connection admin = server.connect()) {
            Statements.run(admin, "DROP SCHEMA tools CASCADE", "DROP ROLE caller");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pg_advisory_lock(1)",
                "SELECT PG_Advisory_XACT_Lock (1)",
                "SELECT \"pg_try_advisory_lock\"(1)",
                "SELECT pg_catalog . \"pg_advisory_lock\" (1)",
                "SELECT pg_advisory_lock/* and */(1)",
                "SELECT pg_advisory_lock -- and\n (1)",
                "SELECT U&\"pg\\005fadvisory_lock\"(1)",
                "SELECT u&\"pg!005fadvisory_lock\" UESCAPE '!' (1)",
                // a function of one scalar may be written as a field
                "SELECT (1::bigint).pg_advisory_lock",
                "SELECT 1 LIMIT pg_backend_pid() + (SELECT count(*) FROM pg_advisory_lock(1))",
                "SELECT $a$x$a$, pg_logical_emit_message(false, 'a', repeat('b', 1000000))",
                "SELECT E'\\'', pg_logical_emit_message(false, 'a', 'b') --'",
                "SELECT '/*', pg_logical_emit_message(false, 'a', 'b'), '*/'",
                "SELECT lo_create(0)",
                "SELECT lo_from_bytea(0, 'x'), loread(1, 2)",
                "SELECT pg_notify('a', 'b')",
                "SELECT nextval('s')",
                "SELECT txid_current()",
                "SELECT pg_current_xact_id()",
                "SELECT pg_export_snapshot()",
                "SELECT set_config('work_mem', '1TB', false)",
                "SELECT query_to_xml('SELECT pg_adv' || 'isory_lock(1)', true, true, '')",
                "SELECT * FROM ts_stat('SELECT 1')",
                "SELECT pg_terminate_backend(pg_backend_pid())",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT pg_create_physical_replication_slot('s', true)",
                "SELECT tools.grab(1)",
                "SELECT tools.grab\n(1)",
                "SELECT (1).grab",
                "SELECT ( 1 ) . \"grab\"",
                "SELECT grab/**/(1)",
                "SELECT tools.\"Grab it\"(1)",
                "SELECT tools.run('SELECT 1')",
                "SELECT tools.sum_locked(i) FROM generate_series(1, 3) i",
                "SELECT tools.mine(1)",
                "SELECT tools.atomic(1)",
            })
    void whatDoesMoreThanReadIsntRun(String sql) {
        assertThatThrownBy(() -> functions().check(sql))
                .isInstanceOfSatisfying(
                        SqlExecutionException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NOT_A_QUERY))
                .hasMessageStartingWith("not run: it ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT tools.status(1), tools.plain(2)",
                "SELECT run, atomic, t.grab FROM t WHERE status = 'open'",
                "SELECT random(), clock_timestamp(), gen_random_uuid(), pg_sleep(0), pg_total_relation_size('t')",
                "SELECT count(*) FROM t TABLESAMPLE system (10)",
                "SELECT current_schema(), now(), to_tsvector('a b'), json_agg(x), string_agg(y, ',') FROM t",
                "SELECT tools.hidden(1)",
            })
    void whatOnlyReadsIsRun(String sql) {
        assertThatCode(() -> functions().check(sql)).doesNotThrowAnyException();
    }

    /** Functions of extensions, which the server may have. */
    @Test
    void extensionsThatRunTextsOrConnectElsewhereAreFoundThroughTheCatalogue(PostgresServer server)
            throws SQLException {
        try (Connection admin = server.connect()) {
            Statements.run(admin, "CREATE EXTENSION dblink", "CREATE EXTENSION tablefunc", "CREATE EXTENSION pg_trgm");
            try {
                HarmfulFunctions known = HarmfulFunctions.of(admin);
                for (String sql : List.of(
                        "SELECT * FROM dblink('host=localhost', 'SELECT 1') AS t(i int)",
                        "SELECT * FROM crosstab('SELECT pg_advisory_lock(1)') AS t(a int)",
                        "SELECT dblink_connect('host=localhost')")) {
                    assertThatThrownBy(() -> known.check(sql)).isInstanceOf(SqlExecutionException.class);
                }
                assertThatCode(() -> known.check("SELECT similarity('a', 'b')")).doesNotThrowAnyException();
            } finally {
                Statements.run(admin, "DROP EXTENSION dblink", "DROP EXTENSION tablefunc", "DROP EXTENSION pg_trgm");
            }
        }
    }

    @Test
    void wordsAreCutWhereTheServerCutsThem() {
        String longest = "f".repeat(63);
        assertThat(SqlWords.of(longest.toUpperCase(java.util.Locale.ROOT) + "ff(1) 1abc $t$x$t$é_1")
                        .all())
                .containsExactly(longest, "abc", "t", "x", "t", "é_1");
    }

    private static HarmfulFunctions functions() {
        assertThat(functions).isNotNull();
        return functions;
    }
}
