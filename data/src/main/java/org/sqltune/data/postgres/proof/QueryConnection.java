package org.sqltune.data.postgres.proof;

import static org.sqltune.data.postgres.proof.Statements.oneLine;

import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.SqlExecutor;

/**
 * The connection that queries run on, each alone in a read-only transaction that is rolled back, and with the server's own
 * time limit. A query that breaks the connection, because the server doesn't stop it, its row is too large or it ends its
 * own session, costs itself only: the next one gets another connection.
 *
 * <p>For one thread at a time.
 */
final class QueryConnection implements SqlExecutor, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(QueryConnection.class);
    private static final String QUERY_CANCELED = "57014";
    private static final int FETCH_ROWS = 1000;

    /** The server stops a query by itself at its limit; a tenth later it is clear that it doesn't. */
    private static final int GRACE = 10;

    private final QueryLogin login;
    private final String schema;
    private final QueryLimits limits;
    private @Nullable Connection connection;

    QueryConnection(QueryLogin login, String schema, QueryLimits limits) {
        this.login = login;
        this.schema = schema;
        this.limits = limits;
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
                "SET search_path = " + schema + ", pg_catalog",
                "SET DateStyle = 'ISO, YMD'",
                "SET TimeZone = 'UTC'",
                "SET standard_conforming_strings = on",
                "SET jit = off",
                "SET statement_timeout = " + Math.max(1, limits.timeout().toMillis()));
        opened.commit();
        connection = opened;
    }

    @Override
    public QueryResult execute(String sql) {
        try {
            Connection current = current();
            try {
                Statements.run(current, "SET TRANSACTION READ ONLY");
                return read(current, sql);
            } finally {
                rollback(current);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private Connection current() throws SQLException {
        if (connection == null || connection.isClosed()) {
            open();
        }
        Connection current = connection;
        if (current == null) {
            throw new IllegalStateException("open() leaves a connection");
        }
        return current;
    }

    /** Prepared, so that the server takes no more than one statement. */
    private QueryResult read(Connection current, String sql) throws SQLException {
        // The driver reads a question mark as a parameter unless it is doubled.
        try (PreparedStatement statement = current.prepareStatement(QuestionMarks.escaped(sql))) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery()) {
                return new PostgresRows(rows, limits).read();
            }
        }
    }

    /** Undoes what the query has set; a connection on which that fails is of no more use. */
    private void rollback(Connection current) {
        try {
            current.rollback();
        } catch (SQLException e) {
            log.debug("rollback: {}", oneLine(e));
            close();
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
        return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
            case "53", "54" -> new SqlExecutionException(Kind.TOO_LARGE, message, e);
            case "42" -> new SqlExecutionException(state.equals("42601") ? Kind.SYNTAX : Kind.INVALID, message, e);
            default -> new SqlExecutionException(Kind.INVALID, message, e);
        };
    }

    /** Cuts the connection; the server ends what runs on it when it notices. */
    @Override
    public void close() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            try {
                current.abort(Runnable::run);
            } catch (SQLException e) {
                log.debug("abort: {}", oneLine(e));
            }
        }
    }
}
