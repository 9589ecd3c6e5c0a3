package org.sqltune.core.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a query.
 *
 * @param columns the columns' names, in order; may repeat
 * @param rows the rows in the database's order; a value is null, a {@link Long}, a {@link Double}, a {@link String} or
 *     a {@code byte[]}
 * @param truncated whether a limit truncated the rows
 */
public record QueryResult(List<String> columns, List<List<@Nullable Object>> rows, boolean truncated) {
    private static final long BYTES_PER_VALUE = 32;

    public QueryResult {
        columns = List.copyOf(columns);
        List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
        rows.forEach(row -> copy.add(Collections.unmodifiableList(row)));
        rows = Collections.unmodifiableList(copy);
    }

    /** Returns the estimated heap size of the rows, in bytes. */
    public long heapBytes() {
        return rows.stream()
                .flatMap(List::stream)
                .mapToLong(QueryResult::heapBytes)
                .sum();
    }

    static long heapBytes(@Nullable Object value) {
        if (value instanceof String text) {
            return BYTES_PER_VALUE + 2L * text.length();
        }
        return value instanceof byte[] blob ? BYTES_PER_VALUE + blob.length : BYTES_PER_VALUE;
    }
}
