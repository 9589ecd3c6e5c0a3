package org.sqltune.model.decoder;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which rows of a batch the last layer computes: the end of each segment, some of it, all or nothing.
 *
 * @param counts for each segment how many of its last tokens
 * @param rows these tokens' rows, ascending [W]
 * @param targetRows where among them the batch's target rows are [n]
 * @param complete whether these are all of the batch
 */
record RowSelection(long[] counts, long[] rows, long[] targetRows, boolean complete) {
    /** All rows. */
    static RowSelection all(TokenBatch batch) {
        return new RowSelection(
                batch.lengths(),
                IntStream.range(0, batch.tokens()).asLongStream().toArray(),
                batch.targetRows(),
                true);
    }

    /**
     * From the first target of each segment on. What lies before it is only looked at: its keys and values in the last layer
     * are needed, its outputs are not.
     */
    static RowSelection towardsTargets(TokenBatch batch) {
        long[] counts = new long[batch.lengths().length];
        long[] rows = new long[batch.tokens()];
        int chosen = 0;
        long end = 0;
        for (int i = 0; i < counts.length; i++) {
            long start = end;
            end += batch.lengths()[i];
            long first = firstTarget(batch.targetRows(), start, end);
            counts[i] = end - first;
            for (long row = first; row < end; row++) {
                rows[chosen++] = row;
            }
        }
        long[] exact = Arrays.copyOf(rows, chosen);
        long[] targets = Arrays.stream(batch.targetRows())
                .map(row -> Arrays.binarySearch(exact, row))
                .toArray();
        return new RowSelection(counts, exact, targets, chosen == batch.tokens());
    }

    /** The first target row from {@code start} on, or {@code end} where there is none before it. */
    private static long firstTarget(long[] targetRows, long start, long end) {
        int found = Arrays.binarySearch(targetRows, start);
        int at = found >= 0 ? found : -found - 1;
        return at < targetRows.length ? Math.min(end, targetRows[at]) : end;
    }
}
