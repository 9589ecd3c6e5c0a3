package org.sqltune.core.sql.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.ResultCollector;
import org.sqltune.core.sql.RowSink;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;

/** A process that executes queries, one at a time. Not thread-safe. */
final class WorkerProcess implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int SHOWN_BYTES = 2000;
    private static final Duration START = Duration.ofSeconds(60);
    /** Limit for opening a database, which may wait until another process has finished writing. */
    private static final Duration OPEN = Duration.ofSeconds(10);

    private static final Duration END = Duration.ofSeconds(5);

    /** A worker stops a query at its limit; after an additional tenth of the limit it is killed. */
    private static final int GRACE = 10;

    private final ScheduledExecutorService watchdog;
    private final Process process;
    private final DataOutputStream requests;
    private final DataInputStream answers;
    private boolean ready;
    private boolean usable = true;

    private WorkerProcess(ScheduledExecutorService watchdog, Process process) {
        this.watchdog = watchdog;
        this.process = process;
        this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), BUFFER_BYTES));
        this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream(), BUFFER_BYTES));
    }

    /** Starts a process without waiting until it is ready. */
    static WorkerProcess start(ScheduledExecutorService watchdog) {
        try {
            return new WorkerProcess(watchdog, WorkerCommand.builder().start());
        } catch (IOException e) {
            throw new SqlTuneException(
                    "SQLite can't be started in a process of its own: " + e.getMessage() + "; it needs Java at "
                            + System.getProperty("java.home") + " and /bin/sh",
                    e);
        }
    }

    /** Whether the process can answer another request. */
    boolean usable() {
        return usable && process.isAlive();
    }

    /**
     * Sends a request and waits for the answer. The process is killed if it exceeds the time limit.
     *
     * @throws SqlExecutionException the failure that the worker reports; {@link Kind#TIMEOUT} if it was killed, {@link
     *     Kind#TOO_LARGE} if it died
     * @throws WorkerStartException if the process doesn't become ready
     */
    QueryResult ask(Request request) {
        ResultCollector result = new ResultCollector();
        return result.result(ask(request, result));
    }

    /**
     * As {@link #ask(Request)}, with the rows passed to a sink as they arrive.
     *
     * @param sink may throw unchecked exceptions, which end the process and are passed on
     * @return whether a limit truncated the rows
     */
    boolean ask(Request request, RowSink sink) {
        awaitReady();
        Duration limit = request.operation() == Request.Operation.OPEN
                ? OPEN
                : request.limits().timeout();
        Deadline deadline = new Deadline(process);
        ScheduledFuture<?> alarm = schedule(deadline, limit.plus(limit.dividedBy(GRACE)));
        try {
            request.write(requests);
            boolean truncated = new AnswerReader(answers, request.limits()).read(sink);
            usable = !deadline.missed();
            return truncated;
        } catch (SqlExecutionException e) {
            usable = !deadline.missed();
            throw e;
        } catch (RuntimeException e) {
            // The sink's: the rest of the answer is still to come.
            usable = false;
            throw e;
        } catch (IOException e) {
            usable = false;
            throw deadline.missed() ? late(limit, e) : died(e);
        } finally {
            alarm.cancel(false);
        }
    }

    private void awaitReady() {
        if (ready) {
            return;
        }
        Deadline deadline = new Deadline(process);
        ScheduledFuture<?> alarm = schedule(deadline, START);
        try {
            ready = answers.readUnsignedByte() == Tag.READY;
        } catch (IOException e) {
            usable = false;
            throw new WorkerStartException(
                    deadline.missed()
                            ? "SQLite's own process didn't start within " + START.toSeconds() + " s; try again"
                            : "SQLite's own process can't run: " + lastWords()
                                    + "; check that `java -Xmx64m -version` runs",
                    e);
        } finally {
            alarm.cancel(false);
        }
    }

    private ScheduledFuture<?> schedule(Deadline deadline, Duration delay) {
        // Unlike toNanos, convert takes a delay beyond a long for the longest there is.
        return watchdog.schedule(deadline, TimeUnit.NANOSECONDS.convert(delay), TimeUnit.NANOSECONDS);
    }

    private static SqlExecutionException late(Duration limit, IOException cause) {
        return new SqlExecutionException(
                Kind.TIMEOUT, "stopped at the time limit of " + limit.toMillis() / 1000.0 + " s", cause);
    }

    private SqlExecutionException died(IOException cause) {
        return new SqlExecutionException(
                Kind.TOO_LARGE,
                "the process that ran it died (" + lastWords() + "), most likely of its memory limit of "
                        + WorkerCommand.MEMORY_BYTES + " bytes",
                cause);
    }

    /** Returns the process's exit code and its error output. */
    private String lastWords() {
        process.destroyForcibly();
        try {
            int code = process.waitFor();
            byte[] words = process.getErrorStream().readNBytes(SHOWN_BYTES);
            String text = new String(words, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
            return "exit code " + code + (text.isEmpty() ? "" : ": " + text);
        } catch (IOException e) {
            return "no exit code";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** Kills the process without waiting for its end. */
    @Override
    public void close() {
        usable = false;
        process.destroyForcibly();
    }

    /** Waits some seconds for the end of a killed process, which keeps files open until then. */
    void awaitEnd() {
        try {
            process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills a process unless it has answered first. The lock makes exactly one of the two happen. */
    private static final class Deadline implements Runnable {
        private final Process process;
        private boolean answered;
        private boolean missed;

        Deadline(Process process) {
            this.process = process;
        }

        @Override
        public synchronized void run() {
            if (!answered) {
                missed = true;
                process.destroyForcibly();
            }
        }

        /** Marks the request as answered; returns whether the process had been killed before. */
        synchronized boolean missed() {
            answered = true;
            return missed;
        }
    }

    /** Thrown when a worker process doesn't become ready. */
    static final class WorkerStartException extends SqlTuneException {
        private static final long serialVersionUID = 1L;

        WorkerStartException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
