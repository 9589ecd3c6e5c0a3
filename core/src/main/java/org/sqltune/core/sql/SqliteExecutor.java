package org.sqltune.core.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;
import org.sqltune.core.sql.SqlExecutionException.Kind;

/**
 * Executes queries on one SQLite file, in this process. The file is opened read-only, other files can't be attached,
 * extensions can't be loaded, and every query has its {@link QueryLimits}.
 *
 * <p>Two limits are incomplete. The time limit is checked between steps of SQLite's virtual machine, so one call of a
 * built-in function can exceed it indefinitely. Memory is limited per value, not in total. Execute untrusted queries in
 * a separate process: {@link org.sqltune.core.sql.worker.SqliteWorkers}.
 *
 * <p>Not thread-safe.
 */
public final class SqliteExecutor implements SqlExecutor, AutoCloseable {
    private static final int MAX_SQL_BYTES = 100_000;
    private static final int MAX_COLUMNS = 2_000;
    private static final int MAX_PATTERN_BYTES = 1_000;
    private static final int MAX_EXPRESSION_DEPTH = 200;
    private static final int BUSY_MILLIS = 3_000;

    private final Path file;
    private final QueryLimits limits;
    private final Connection connection;
    private final QueryWatch watch;

    private SqliteExecutor(Path file, QueryLimits limits, Connection connection) {
        this.file = file;
        this.limits = limits;
        this.connection = connection;
        this.watch = new QueryWatch(limits);
    }

    /**
     * Opens a database.
     *
     * @param file an existing SQLite file
     * @param limits resource limits of each query
     * @throws SqlExecutionException {@link Kind#MISSING_DATABASE} or {@link Kind#UNREADABLE_DATABASE}
     */
    public static SqliteExecutor open(Path file, QueryLimits limits) {
        if (!Files.isRegularFile(file)) {
            throw new SqlExecutionException(Kind.MISSING_DATABASE, "No database file " + file + "; check the path");
        }
        try {
            // As a URI: a question mark in a bare path would begin the driver's options.
            Connection connection = config().createConnection("jdbc:sqlite:" + file.toUri());
            SqliteExecutor executor = new SqliteExecutor(file, limits, connection);
            executor.restrict();
            return executor;
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.enableLoadExtension(false);
        config.setBusyTimeout(BUSY_MILLIS);
        return config;
    }

    private void restrict() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Reads the file's header, so that a file of another format is rejected here and not by the first query.
            statement.execute("PRAGMA schema_version");
            statement.execute("PRAGMA query_only = ON");
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA temp_store = FILE");
            SQLiteConnection sqlite = connection.unwrap(SQLiteConnection.class);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_WORKER_THREADS, 0);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, limits.maxValueBytes());
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_SQL_LENGTH, MAX_SQL_BYTES);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_COLUMN, MAX_COLUMNS);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, MAX_PATTERN_BYTES);
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_EXPR_DEPTH, MAX_EXPRESSION_DEPTH);
            ProgressHandler.setHandler(connection, QueryWatch.STEPS, watch);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public QueryResult execute(String sql) {
        ResultCollector collector = new ResultCollector();
        try {
            return collector.result(execute(sql, collector));
        } catch (IOException e) {
            throw new IllegalStateException("a collector never throws", e);
        }
    }

    /**
     * Executes one query and passes its rows to the sink as they are read.
     *
     * @param sql a single query
     * @return whether a limit truncated the rows
     * @throws SqlExecutionException as in {@link #execute(String)}; the sink may have received some rows before
     * @throws IOException the sink's exception; the query has ended
     */
    public boolean execute(String sql, RowSink sink) throws IOException {
        String query = SingleQuery.of(sql);
        watch.start();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return new ResultReader(limits, rows).read(watch, sink);
        } catch (SQLException e) {
            Kind stoppedBy = watch.stoppedBy();
            throw stoppedBy == null ? SqliteErrors.translate(e) : stopped(stoppedBy, e);
        }
    }

    private SqlExecutionException stopped(Kind limit, SQLException cause) {
        String message = limit == Kind.TIMEOUT && watch.exceededSteps()
                ? "stopped after " + limits.maxSteps() + " steps of SQLite's machine"
                : limit == Kind.TIMEOUT
                        ? "stopped at the time limit of " + limits.timeout().toMillis() / 1000.0 + " s"
                        : "stopped: its sorting or grouping took more than " + limits.maxTemporaryBytes()
                                + " bytes of disk";
        return new SqlExecutionException(limit, message, cause);
    }

    private static SqlExecutionException unreadable(Path file, SQLException cause) {
        return new SqlExecutionException(
                Kind.UNREADABLE_DATABASE,
                "Can't read " + file + " as an SQLite database: " + SqliteErrors.message(cause)
                        + "; check the file, or fetch it again",
                cause);
    }

    /** Closes the database. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw unreadable(file, e);
        }
    }
}
