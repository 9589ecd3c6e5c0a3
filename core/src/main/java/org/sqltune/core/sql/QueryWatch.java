package org.sqltune.core.sql;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqltune.core.sql.SqlExecutionException.Kind;

/**
 * Stops a running query that exceeds its time limit, its steps or its temporary disk space. SQLite calls it every {@link #STEPS}
 * steps of its virtual machine. The driver's query timeout is no substitute: it doesn't stop a busy query.
 */
final class QueryWatch extends ProgressHandler {
    /**
     * Virtual machine steps between two calls: few enough calls to cost nothing, and enough when each step handles a
     * megabyte.
     */
    static final int STEPS = 1000;

    private static final long DISK_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final QueryLimits limits;
    private final TemporarySpace space = new TemporarySpace();
    private long startNanos;
    private long nextDiskCheckNanos;
    private long usableAtStart;
    private long steps;
    private @Nullable Kind stoppedBy;

    QueryWatch(QueryLimits limits) {
        this.limits = limits;
    }

    /** Starts the clock of a new query. */
    void start() {
        startNanos = System.nanoTime();
        nextDiskCheckNanos = DISK_CHECK_NANOS;
        usableAtStart = -1;
        steps = 0;
        stoppedBy = null;
    }

    /** Returns the limit that stopped the last query; null if none did. */
    @Nullable
    Kind stoppedBy() {
        return stoppedBy;
    }

    /** Whether the last query took more steps than it may. */
    boolean exceededSteps() {
        return steps > limits.maxSteps();
    }

    /** Whether the query must stop now. */
    boolean mustStop() {
        long elapsed = System.nanoTime() - startNanos;
        if (elapsed > limits.timeout().toNanos()) {
            stoppedBy = Kind.TIMEOUT;
        } else if (elapsed > nextDiskCheckNanos) {
            nextDiskCheckNanos = elapsed + DISK_CHECK_NANOS;
            checkDisk();
        }
        return stoppedBy != null;
    }

    @Override
    protected int progress() {
        steps += STEPS;
        if (exceededSteps()) {
            stoppedBy = Kind.TIMEOUT;
            return 1;
        }
        return mustStop() ? 1 : 0;
    }

    private void checkDisk() {
        long usable = space.usableBytes();
        if (usableAtStart < 0) {
            usableAtStart = usable;
        } else if (usableAtStart - usable > limits.maxTemporaryBytes()) {
            stoppedBy = Kind.TOO_LARGE;
        }
    }
}
