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
 * A connection for queries, each of which runs in its own read-only transaction, which is rolled back, with the
 * server's time limit. A failing query closes the connection, and thereby releases what its session held, such as
 * advisory locks; the next query opens a new one. Queries that call {@link HarmfulFunctions} aren't run.
 *
 * <p>Not thread-safe.
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

    /** How long a new connection waits for the server to notice that the last one was closed. */
    private static final long ROOM_NANOS = 5_000_000_000L;

    private static final int PAUSE_MILLIS = 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** The server stops a query at its time limit; after another tenth of the limit the client gives up. */
    private static final int GRACE = 10;

    private final QueryLogin login;
    private final @Nullable String schema;
    private final QueryLimits limits;
    private volatile @Nullable Connection connection;
    private volatile boolean busy;
    private @Nullable HarmfulFunctions harmful;

    /** @param schema the schema to query; null for the login's default */
    QueryConnection(QueryLogin login, @Nullable String schema, QueryLimits limits) {
        this(login, schema, limits, null);
    }

    /** @param harmful functions that queries may not call; null to read them from the database's catalogue */
    QueryConnection(QueryLogin login, @Nullable String schema, QueryLimits limits, @Nullable HarmfulFunctions harmful) {
        this.login = login;
        this.schema = schema;
        this.limits = limits;
        this.harmful = harmful;
    }

    /**
     * Connects, so that a faulty login is detected before the first query.
     *
     * @throws SQLException if the server refuses the connection
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

    /** Makes the server end a query whose client is gone. Not all versions and systems support this. */
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
            // Session locks outlast transactions. Both statements are sent in one message.
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

    /** Connects, with retries: the server may need a moment to notice that the last connection was closed. */
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

    /** Runs the query as a prepared statement, so that the server accepts only one statement. */
    private QueryResult read(Connection current, String query) throws SQLException {
        long deadline = System.nanoTime() + limits.timeout().toNanos();
        try (PreparedStatement statement = current.prepareStatement(query)) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                return new PostgresRows(rows, limits, FETCH_ROWS, () -> limitRest(current, deadline)).read();
            }
        }
    }

    /**
     * Sets the remaining time as the limit of the next fetch, since the server applies the limit to each fetch anew.
     */
    private static void limitRest(Connection current, long deadline) throws SQLException {
        long millis = (deadline - System.nanoTime()) / NANOS_PER_MILLI;
        if (millis <= 0) {
            throw new SQLException("stopped between two rows", QUERY_CANCELED);
        }
        Statements.run(current, "SET LOCAL statement_timeout = " + millis);
    }

    /** Ends the session in an orderly way, so that the server releases its resources at once. */
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

    /**
     * Returns the kind by the class of the SQLSTATE: 08 is a connection failure, 53 and 54 exhausted resources, 57 a
     * server shutdown.
     */
    private static Kind ofClass(String state) {
        return switch (state) {
            case "08", "57" -> Kind.UNREADABLE_DATABASE;
            case "53", "54" -> Kind.TOO_LARGE;
            default -> Kind.INVALID;
        };
    }

    /** Closes the connection and cancels a running query. */
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
