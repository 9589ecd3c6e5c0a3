package org.sqltune.core.sql;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqltune.core.sql.SqlExecutionException.Kind;

/**
 * Stops a running query that has used up its time or its temporary disk space. SQLite asks it every so many steps of its
 * virtual machine; the driver's own query timeout doesn't stop a query that is busy.
 */
final class QueryWatch extends ProgressHandler {
    /** Steps between two questions: rare enough to cost nothing, often enough while values of a megabyte are made. */
    static final int STEPS = 1000;

    private static final long DISK_CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final QueryLimits limits;
    private final TemporarySpace space = new TemporarySpace();
    private long startNanos;
    private long nextDiskCheckNanos;
    private long usableAtStart;
    private @Nullable Kind stoppedBy;

    QueryWatch(QueryLimits limits) {
        this.limits = limits;
    }

    /** A query begins now. */
    void start() {
        startNanos = System.nanoTime();
        nextDiskCheckNanos = DISK_CHECK_NANOS;
        usableAtStart = -1;
        stoppedBy = null;
    }

    /** The limit that stopped the query begun last; null if none did. */
    @Nullable
    Kind stoppedBy() {
        return stoppedBy;
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
