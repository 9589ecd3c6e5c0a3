package org.sqltune.core.sql;

import java.time.Duration;

/**
 * Resource limits of one query.
 *
 * @param timeout wall-clock time, from the start of the query to its last row
 * @param maxRows largest number of rows; the result is truncated there
 * @param maxResultBytes estimated heap size of the result, in bytes; the result is truncated there
 * @param maxValueBytes largest size of one value or intermediate value, in bytes; a query that exceeds it fails
 * @param maxTemporaryBytes disk space for sorting and grouping, in bytes; a query that exceeds it is stopped
 * @param maxSteps steps of SQLite's virtual machine; a query that exceeds them is stopped. Unlike a time, they are the same
 *     on every computer
 */
public record QueryLimits(
        Duration timeout, int maxRows, long maxResultBytes, int maxValueBytes, long maxTemporaryBytes, long maxSteps) {
    /** 30 seconds, 100,000 rows, 64 MB of result, 1 MB a value, 1 GB on disk. */
    public static final QueryLimits DEFAULTS =
            new QueryLimits(Duration.ofSeconds(30), 100_000, 64_000_000, 1_000_000, 1_000_000_000);

    public QueryLimits {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout is " + timeout + "; it must be above 0");
        }
        if (maxRows < 1 || maxResultBytes < 1 || maxValueBytes < 1 || maxTemporaryBytes < 1 || maxSteps < 1) {
            throw new IllegalArgumentException("every limit must be at least 1");
        }
    }

    /** Without a limit of steps. */
    public QueryLimits(Duration timeout, int maxRows, long maxResultBytes, int maxValueBytes, long maxTemporaryBytes) {
        this(timeout, maxRows, maxResultBytes, maxValueBytes, maxTemporaryBytes, Long.MAX_VALUE);
    }

    /** Returns these limits with another time limit, in seconds, and another row limit. */
    public QueryLimits with(double timeoutSeconds, int rows) {
        Duration duration = Duration.ofNanos(Math.round(timeoutSeconds * 1e9));
        return new QueryLimits(duration, rows, maxResultBytes, maxValueBytes, maxTemporaryBytes, maxSteps);
    }

    /** Returns these limits with another number of steps. */
    public QueryLimits withMaxSteps(long steps) {
        return new QueryLimits(timeout, maxRows, maxResultBytes, maxValueBytes, maxTemporaryBytes, steps);
    }
}
