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
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;

/** A process that runs queries, one at a time. For one thread at a time. */
final class WorkerProcess implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int SHOWN_BYTES = 2000;
    private static final Duration START = Duration.ofSeconds(60);
    /** Reading a header takes no time; waiting until another process has written it may. */
    private static final Duration OPEN = Duration.ofSeconds(10);

    private static final Duration END = Duration.ofSeconds(5);

    /** A worker stops a query by itself at its limit; a tenth later it is clear that it can't. */
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

    /** Starts a process and doesn't wait until it is ready. */
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

    /** Whether another request makes sense. */
    boolean usable() {
        return usable && process.isAlive();
    }

    /**
     * Asks and waits for the answer, or until the time is over; then the process is killed.
     *
     * @throws SqlExecutionException what the worker reports; {@link Kind#TIMEOUT} if it had to be killed, {@link
     *     Kind#TOO_LARGE} if it died
     * @throws WorkerStartException if the process doesn't get ready
     */
    QueryResult ask(Request request) {
        awaitReady();
        Duration limit = request.operation() == Request.Operation.OPEN
                ? OPEN
                : request.limits().timeout();
        Deadline deadline = new Deadline(process);
        ScheduledFuture<?> alarm = schedule(deadline, limit.plus(limit.dividedBy(GRACE)));
        try {
            request.write(requests);
            QueryResult result = new AnswerReader(answers, request.limits()).read();
            usable = !deadline.missed();
            return result;
        } catch (SqlExecutionException e) {
            usable = !deadline.missed();
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
                                    + "; see to it that Java starts with little memory",
                    e);
        } finally {
            alarm.cancel(false);
        }
    }

    private ScheduledFuture<?> schedule(Deadline deadline, Duration delay) {
        return watchdog.schedule(deadline, delay.toNanos(), TimeUnit.NANOSECONDS);
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

    /** What the process left: what it wrote last, or at least its exit code. */
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

    /** Kills the process, and doesn't wait for its end. */
    @Override
    public void close() {
        usable = false;
        process.destroyForcibly();
    }

    /** Waits for the end of a process that was killed: it holds files open and uses up time until then. */
    void awaitEnd() {
        try {
            process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kills a process unless it has answered before. Either it comes first or the answer does, never both. */
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

        /** The exchange is over; whether that was too late and the process has been killed. */
        synchronized boolean missed() {
            answered = true;
            return missed;
        }
    }

    /** A worker's process didn't get ready. */
    static final class WorkerStartException extends SqlTuneException {
        private static final long serialVersionUID = 1L;

        WorkerStartException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
