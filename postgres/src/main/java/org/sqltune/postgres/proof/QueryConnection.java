package org.sqltune.postgres.proof;

import static org.sqltune.postgres.proof.Statements.oneLine;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.SqlExecutor;

/**
 * The connection that queries run on, each alone in a read-only transaction that is rolled back, and with the server's own
 * time limit. A query that fails costs its connection, and with it whatever its session still held, such as advisory locks;
 * the next one gets another connection. Queries that call {@link HarmfulFunctions} aren't run.
 *
 * <p>For one thread at a time.
 */
final class QueryConnection implements SqlExecutor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(QueryConnection.class);
    private static final String QUERY_CANCELED = "57014";
    private static final String CONNECTION_GONE = "08003";
    private static final String NO_SUCH_TABLE = "42P01";
    private static final String NO_SUCH_COLUMN = "42703";
    private static final String SYNTAX_ERROR = "42601";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final int FETCH_ROWS = 1000;
    private static final int CHECKS_CLIENTS = 14;
    private static final int CHECK_MILLIS = 1000;

    /** How long a new connection waits for the room that the last one still takes up. */
    private static final long ROOM_NANOS = 5_000_000_000L;

    private static final int PAUSE_MILLIS = 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** The server stops a query by itself at its limit; a tenth later it is clear that it doesn't. */
    private static final int GRACE = 10;

    private final QueryLogin login;
    private final @Nullable String schema;
    private final QueryLimits limits;
    private volatile @Nullable Connection connection;
    private volatile boolean busy;
    private @Nullable HarmfulFunctions harmful;

    /** @param schema that queries are about; null for the one that the login begins with */
    QueryConnection(QueryLogin login, @Nullable String schema, QueryLimits limits) {
        this(login, schema, limits, null);
    }

    /** @param harmful what queries may not call; null for what the database's catalogue says */
    QueryConnection(QueryLogin login, @Nullable String schema, QueryLimits limits, @Nullable HarmfulFunctions harmful) {
        this.login = login;
        this.schema = schema;
        this.limits = limits;
        this.harmful = harmful;
    }

    /**
     * Connects, so that a login that doesn't work is found out before the first query.
     *
     * @throws SQLException if the server refuses
     */
    void open() throws SQLException {
        Connection opened = login.connect(limits.maxResultBytes());
        opened.setAutoCommit(false);
        Duration patience = limits.timeout().plus(limits.timeout().dividedBy(GRACE));
        opened.setNetworkTimeout(Runnable::run, (int) Math.max(1, patience.toMillis()));
        Statements.run(
                opened,
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                "SET DateStyle = 'ISO, YMD'",
                "SET TimeZone = 'UTC'",
                "SET standard_conforming_strings = on",
                "SET jit = off",
                "SET statement_timeout = " + Math.max(1, limits.timeout().toMillis()));
        if (schema != null) {
            Statements.run(opened, "SET search_path = " + schema + ", pg_catalog");
        }
        if (harmful == null) {
            harmful = login.harmfulFunctions(opened);
        }
        opened.commit();
        watchClient(opened);
        connection = opened;
    }

    /** Has the server end a query whose client is gone. Not every version and system can. */
    private static void watchClient(Connection opened) throws SQLException {
        if (opened.getMetaData().getDatabaseMajorVersion() < CHECKS_CLIENTS) {
            return;
        }
        try {
            Statements.run(opened, "SET client_connection_check_interval = " + CHECK_MILLIS);
            opened.commit();
        } catch (SQLException e) {
            log.debug("The server can't watch its clients: {}", oneLine(e));
            opened.rollback();
        }
    }

    @Override
    public QueryResult execute(String sql) {
        try {
            String query = OneQuery.of(sql);
            Connection current = current();
            if (harmful != null) {
                harmful.check(sql);
            }
            return execute(current, query);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private QueryResult execute(Connection current, String query) throws SQLException {
        busy = true;
        try {
            Statements.run(current, "SET TRANSACTION READ ONLY");
            QueryResult result = read(current, query);
            // Locks of a session outlast its transactions. Both in one message.
            Statements.run(current, "SELECT pg_catalog.pg_advisory_unlock_all(); ROLLBACK");
            return result;
        } catch (SQLException e) {
            discard(current);
            throw e;
        } finally {
            busy = false;
        }
    }

    private Connection current() throws SQLException {
        Connection known = connection;
        if (known == null || known.isClosed()) {
            openPatiently();
            known = connection;
        }
        if (known == null) {
            throw new SQLException("the connection was closed", CONNECTION_GONE);
        }
        return known;
    }

    /** A server needs a moment to notice that the last connection was closed. */
    private void openPatiently() throws SQLException {
        long deadline = System.nanoTime() + ROOM_NANOS;
        while (true) {
            try {
                open();
                return;
            } catch (SQLException e) {
                if (!TOO_MANY_CONNECTIONS.equals(e.getSQLState()) || System.nanoTime() > deadline) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(SQLException reason) throws SQLException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }

    /** Prepared, so that the server takes no more than one statement. */
    private QueryResult read(Connection current, String query) throws SQLException {
        long deadline = System.nanoTime() + limits.timeout().toNanos();
        try (PreparedStatement statement = current.prepareStatement(query)) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                return new PostgresRows(rows, limits, FETCH_ROWS, () -> limitRest(current, deadline)).read();
            }
        }
    }

    /** To the server each fetch is a statement with the whole of the time; it gets what is left. */
    private static void limitRest(Connection current, long deadline) throws SQLException {
        long millis = (deadline - System.nanoTime()) / NANOS_PER_MILLI;
        if (millis <= 0) {
            throw new SQLException("stopped between two rows", QUERY_CANCELED);
        }
        Statements.run(current, "SET LOCAL statement_timeout = " + millis);
    }

    /** Ends a session in order, so that the server releases all that it held at once. */
    private void discard(Connection current) {
        connection = null;
        try {
            current.close();
        } catch (SQLException e) {
            log.debug("close: {}", oneLine(e));
        }
    }

    private static SqlExecutionException failure(SQLException e) {
        String message = oneLine(e);
        String state = String.valueOf(e.getSQLState());
        if (state.equals(QUERY_CANCELED) || e.getCause() instanceof SocketTimeoutException) {
            return new SqlExecutionException(Kind.TIMEOUT, "stopped at the time limit", e);
        }
        if (message.contains("maxResultBuffer")) {
            return new SqlExecutionException(Kind.TOO_LARGE, "a row is larger than the limits", e);
        }
        return new SqlExecutionException(kind(state), message, e);
    }

    private static Kind kind(String state) {
        return switch (state) {
            case NO_SUCH_TABLE -> Kind.NO_SUCH_TABLE;
            case NO_SUCH_COLUMN -> Kind.NO_SUCH_COLUMN;
            case SYNTAX_ERROR -> Kind.SYNTAX;
            case TOO_MANY_CONNECTIONS -> Kind.UNREADABLE_DATABASE;
            default -> ofClass(state.length() < 2 ? "" : state.substring(0, 2));
        };
    }

    /** By the first two characters: 08 is a connection that fails, 53 and 54 what is used up, 57 a server that ends. */
    private static Kind ofClass(String state) {
        return switch (state) {
            case "08", "57" -> Kind.UNREADABLE_DATABASE;
            case "53", "54" -> Kind.TOO_LARGE;
            default -> Kind.INVALID;
        };
    }

    /** Cuts the connection. A query that runs on it is cancelled. */
    @Override
    public void close() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            try {
                if (busy) {
                    current.unwrap(PGConnection.class).cancelQuery();
                }
                current.abort(Runnable::run);
            } catch (SQLException e) {
                log.debug("abort: {}", oneLine(e));
            }
        }
    }
}
