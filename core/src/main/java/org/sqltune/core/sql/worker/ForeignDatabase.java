package org.sqltune.core.sql.worker;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.RowSink;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.SqlExecutor;

/**
 * An SQLite file of unknown origin whose structure and values are read in a worker process ({@link SqliteWorkers}), and with
 * one time limit for all that is read: a file may have thousands of tables, a view or generated column that computes for
 * minutes, or damaged pages. For one thread at a time.
 */
public final class ForeignDatabase implements AutoCloseable {
    /** For the structure, and once more for values. */
    public static final Duration TIME = Duration.ofSeconds(60);

    /** Of one query for values: a column that takes longer goes without. */
    private static final Duration VALUES = Duration.ofSeconds(5);

    private static final int MOST_ROWS = 1_000_000;
    private static final long MOST_BYTES = 512_000_000;
    /** SQLite keeps a table's whole statement in one value. */
    private static final int LONGEST_STATEMENT = 16_000_000;

    private final Path file;
    private final SqliteWorkers workers;
    private final Duration time;
    private int unread;

    private ForeignDatabase(Path file, SqliteWorkers workers, Duration time) {
        this.file = file;
        this.workers = workers;
        this.time = time;
    }

    /** A database in a process of its own. Nothing is opened yet. */
    public static ForeignDatabase of(Path file) {
        return of(file, TIME);
    }

    /** @param time instead of {@link #TIME} */
    public static ForeignDatabase of(Path file, Duration time) {
        return new ForeignDatabase(file, new SqliteWorkers(1), time);
    }

    /**
     * A connection for reading the structure. Its queries' parameters are texts; it can be asked for rows, forwards, and
     * nothing else.
     *
     * @throws SqlExecutionException if the file doesn't exist or isn't a database; by its queries, {@link SqlTuneException}
     *     if the time is over or a list is too long
     */
    public Connection structure() {
        long disk = QueryLimits.DEFAULTS.maxTemporaryBytes();
        SqlExecutor executor =
                workers.open(file, new QueryLimits(time, MOST_ROWS, MOST_BYTES, LONGEST_STATEMENT, disk));
        return QueryingConnection.over(new Structure(executor, System.nanoTime()));
    }

    /**
     * Runs queries for values. Each has five seconds; when the time for all is over, each fails at once.
     *
     * @throws SqlExecutionException if the file doesn't exist or isn't a database
     */
    public SqlExecutor values() {
        QueryLimits limits = QueryLimits.DEFAULTS;
        Duration each = time.compareTo(VALUES) < 0 ? time : VALUES;
        SqlExecutor executor = workers.open(
                file,
                new QueryLimits(
                        each,
                        limits.maxRows(),
                        limits.maxResultBytes(),
                        limits.maxValueBytes(),
                        limits.maxTemporaryBytes()));
        long start = System.nanoTime();
        return sql -> {
            if (isOver(start)) {
                unread++;
                throw new SqlExecutionException(Kind.TIMEOUT, "not run: the time for reading values is over");
            }
            try {
                return executor.execute(sql);
            } catch (SqlExecutionException e) {
                unread++;
                throw e;
            }
        };
    }

    /**
     * Runs queries within limits of the caller's, without a time for all of them.
     *
     * @throws SqlExecutionException if the file doesn't exist or isn't a database
     */
    public SqlExecutor queries(QueryLimits limits) {
        return workers.open(file, limits);
    }

    /**
     * Runs one query and passes its rows to a sink as they arrive, as {@link SqliteWorkers#stream} does.
     *
     * @return whether a limit truncated the rows
     */
    public boolean stream(QueryLimits limits, String sql, RowSink sink) {
        return workers.stream(file, limits, sql, sink);
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** How many queries for values failed. */
    public int unread() {
        return unread;
    }

    private boolean isOver(long start) {
        return System.nanoTime() - start > time.toNanos();
    }

    @Override
    public void close() {
        workers.close();
    }

    /** Runs queries for the structure until the time is over. */
    private final class Structure implements SqlExecutor {
        private final SqlExecutor executor;
        private final long start;
        private int queries;

        Structure(SqlExecutor executor, long start) {
            this.executor = executor;
            this.start = start;
        }

        @Override
        public QueryResult execute(String sql) {
            if (isOver(start)) {
                throw tooLong(null);
            }
            try {
                QueryResult result = executor.execute(sql);
                if (result.truncated()) {
                    throw new SqlTuneException(
                            "Reading the tables of " + file + " was stopped: a list of them has more than " + MOST_ROWS
                                    + " rows or is too large; make a copy of the database with the tables that are asked about");
                }
                queries++;
                return result;
            } catch (SqlExecutionException e) {
                if (e.kind() == Kind.TIMEOUT) {
                    throw tooLong(e);
                }
                throw e;
            }
        }

        private SqlTuneException tooLong(@Nullable Throwable cause) {
            String message = "Reading the tables of " + file + " was stopped after "
                    + time.toMillis() / 1000.0 + " s and " + queries
                    + " queries; make a copy of the database with the tables that are asked about";
            return cause == null ? new SqlTuneException(message) : new SqlTuneException(message, cause);
        }
    }
}
