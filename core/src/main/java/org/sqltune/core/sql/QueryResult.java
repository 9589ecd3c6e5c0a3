package org.sqltune.core.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query's result.
 *
 * @param columns the columns' names, in order; may repeat
 * @param rows in the order in which the database returned them; a value is null, a {@link Long}, a {@link Double}, a
 *     {@link String} or a {@code byte[]}
 * @param truncated whether a limit cut the rows off
 */
public record QueryResult(List<String> columns, List<List<@Nullable Object>> rows, boolean truncated) {
    private static final long BYTES_PER_VALUE = 32;

    public QueryResult {
        columns = List.copyOf(columns);
        List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
        rows.forEach(row -> copy.add(Collections.unmodifiableList(row)));
        rows = Collections.unmodifiableList(copy);
    }

    /** What the rows take up in memory, in bytes; an estimate. */
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
