package org.sqltune.postgres.proof;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.SqlExecutor;

/**
 * A pool of connections that run queries in parallel, one query per connection. A query whose connection is lost runs
 * once more on a new one, since another query may have ended it: PostgreSQL lets a login end its own sessions.
 * Thread-safe.
 */
final class ReaderConnections implements QueryDatabases.Session, SqlExecutor {
    /** https://www.postgresql.org/docs/current/errcodes-appendix.html. */
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private static final Duration BACKENDS_END = Duration.ofSeconds(2);

    private final List<QueryConnection> all;
    private final BlockingQueue<QueryConnection> idle;
    private volatile boolean closed;

    private ReaderConnections(List<QueryConnection> all) {
        this.all = all;
        this.idle = new LinkedBlockingQueue<>(all);
    }

    /** Opens all connections at once, so that a connection limit shows before the first query. */
    static ReaderConnections open(QueryLogin login, QueryLimits limits, int count) {
        List<QueryConnection> all = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                QueryConnection connection = new QueryConnection(login, null, limits);
                all.add(connection);
                open(connection);
            }
        } catch (SQLException e) {
            all.forEach(QueryConnection::close);
            throw new SqlTuneException(
                    "PostgreSQL refuses one of " + count + " connections to run queries on: " + Statements.oneLine(e)
                            + "; raise the login's CONNECTION LIMIT or the server's max_connections",
                    e);
        }
        return new ReaderConnections(all);
    }

    /** Opens a connection. A backend counts against the limit for a moment after its client has left. */
    private static void open(QueryConnection connection) throws SQLException {
        long end = System.nanoTime() + BACKENDS_END.toNanos();
        while (true) {
            try {
                connection.open();
                return;
            } catch (SQLException e) {
                if (!TOO_MANY_CONNECTIONS.equals(e.getSQLState()) || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        }
    }

    @Override
    public SqlExecutor database(String databaseId) {
        return this;
    }

    /**
     * Runs a query. Values are null, {@link Long}, {@link Double}, {@link String} or {@code byte[]}, see {@link
     * PlainValues}.
     */
    @Override
    public QueryResult execute(String sql) {
        QueryConnection connection = take();
        try {
            return PlainValues.of(patiently(connection, sql));
        } finally {
            idle.add(connection);
            if (closed) {
                connection.close();
            }
        }
    }

    private QueryResult patiently(QueryConnection connection, String sql) {
        try {
            return connection.execute(sql);
        } catch (SqlExecutionException e) {
            if (closed || e.kind() != Kind.UNREADABLE_DATABASE) {
                throw e;
            }
            return connection.execute(sql);
        }
    }

    private QueryConnection take() {
        try {
            return idle.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SqlTuneException("Interrupted while waiting for PostgreSQL", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        all.forEach(QueryConnection::close);
    }
}
