package org.sqltune.core.sql.worker;

import java.nio.file.Path;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.RowSink;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.SqliteExecutor;
import org.sqltune.core.sql.worker.WorkerProcess.WorkerStartException;

/**
 * Executes untrusted queries on SQLite files, in separate worker processes. The limits of {@link SqliteExecutor} apply.
 * In addition, the worker process is killed if a query doesn't stop at its time limit, and on Linux if it needs more
 * than a gigabyte of memory (other systems have no such limit). The next query gets a new process.
 *
 * <p>Each process keeps its databases open and executes one query at a time, so as many queries run at once as there
 * are processes. Thread-safe.
 */
public final class SqliteWorkers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SqliteWorkers.class);

    private final Semaphore permits;
    private final int processes;
    private final Deque<WorkerProcess> idle = new ConcurrentLinkedDeque<>();
    private final Set<WorkerProcess> all = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor watchdog;
    private volatile boolean closed;

    /**
     * Creates a pool without processes. A process starts when it is needed.
     *
     * @param processes largest number of processes at the same time
     */
    public SqliteWorkers(int processes) {
        this.processes = processes;
        this.permits = new Semaphore(processes);
        this.watchdog = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sqlite-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        watchdog.setRemoveOnCancelPolicy(true);
    }

    /** Starts all processes without waiting for them, so that the first queries start sooner. */
    public void warmUp() {
        while (all.size() < processes) {
            idle.addLast(start());
        }
    }

    /**
     * Opens a database for queries. May be called repeatedly for the same file.
     *
     * @param file an existing SQLite file
     * @param limits resource limits of each query
     * @return a thread-safe executor, usable until this pool is closed
     * @throws SqlExecutionException {@link SqlExecutionException.Kind#MISSING_DATABASE} or {@link
     *     SqlExecutionException.Kind#UNREADABLE_DATABASE}
     * @throws SqlTuneException if no process can be started
     */
    public SqlExecutor open(Path file, QueryLimits limits) {
        Database database = new Database(file.toAbsolutePath().toString(), limits);
        database.ask(Request.Operation.OPEN, "");
        return database;
    }

    /**
     * Runs one query and passes its rows to a sink as they arrive, so that the whole result needn't be in memory.
     *
     * @param file an existing SQLite file
     * @param limits resource limits of the query; the time includes what the sink takes
     * @param sink receives the rows; may throw unchecked exceptions, which are passed on
     * @return whether a limit truncated the rows
     * @throws SqlExecutionException if the database can't be opened or the query fails; the sink may have received rows
     * @throws SqlTuneException if no process can be started
     */
    public boolean stream(Path file, QueryLimits limits, String sql, RowSink sink) {
        return new Database(file.toAbsolutePath().toString(), limits).stream(sql, sink);
    }

    private WorkerProcess start() {
        WorkerProcess worker = WorkerProcess.start(watchdog);
        all.add(worker);
        if (closed) {
            worker.close();
        }
        return worker;
    }

    private void acquire() {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SqlTuneException("Interrupted while waiting for SQLite", e);
        }
    }

    private WorkerProcess borrow(@Nullable WorkerProcess preferred) {
        if (closed) {
            throw new IllegalStateException("The workers are closed");
        }
        WorkerProcess next = preferred != null && idle.remove(preferred) ? preferred : idle.pollFirst();
        while (next != null && !next.usable()) {
            discard(next);
            next = idle.pollFirst();
        }
        return next == null ? start() : next;
    }

    private void giveBack(WorkerProcess worker) {
        if (worker.usable()) {
            idle.addFirst(worker);
            return;
        }
        discard(worker);
        if (!closed) {
            // The replacement starts while other workers are busy.
            idle.addLast(start());
        }
    }

    private void discard(WorkerProcess worker) {
        worker.close();
        all.remove(worker);
    }

    /** Kills all processes. Running queries fail. */
    @Override
    public void close() {
        closed = true;
        all.forEach(WorkerProcess::close);
        all.forEach(WorkerProcess::awaitEnd);
        watchdog.shutdownNow();
    }

    /** A database that any free process can query; the process that queried it last is preferred. */
    private final class Database implements SqlExecutor {
        private final String file;
        private final QueryLimits limits;
        private volatile @Nullable WorkerProcess last;

        Database(String file, QueryLimits limits) {
            this.file = file;
            this.limits = limits;
        }

        @Override
        public QueryResult execute(String sql) {
            return ask(Request.Operation.EXECUTE, sql);
        }

        QueryResult ask(Request.Operation operation, String sql) {
            Request request = new Request(operation, file, limits, sql);
            return permitted(worker -> worker.ask(request));
        }

        boolean stream(String sql, RowSink sink) {
            Request request = new Request(Request.Operation.EXECUTE, file, limits, sql);
            return permitted(worker -> worker.ask(request, sink));
        }

        /** Asks a process, and another one if it doesn't start, which happens on an overloaded machine. */
        private <T> T permitted(Function<WorkerProcess, T> question) {
            acquire();
            try {
                try {
                    return ask(question);
                } catch (WorkerStartException e) {
                    log.debug("Another process for SQLite, since: {}", e.getMessage());
                    return ask(question);
                }
            } finally {
                permits.release();
            }
        }

        private <T> T ask(Function<WorkerProcess, T> question) {
            WorkerProcess worker = borrow(last);
            last = worker;
            try {
                return question.apply(worker);
            } finally {
                giveBack(worker);
            }
        }
    }
}
