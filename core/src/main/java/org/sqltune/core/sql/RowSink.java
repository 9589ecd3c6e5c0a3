package org.sqltune.core.sql;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Receives a query's result value by value, so that the whole result needn't be in memory. */
public interface RowSink {
    /**
     * Receives the columns, before any value.
     *
     * @param names the columns' names, in order; may repeat
     * @throws IOException if the sink can't take more; the query ends
     */
    void columns(List<String> names) throws IOException;

    /**
     * Receives the next value. A row is complete after one value per column. An incomplete row at the end isn't part of
     * the result.
     *
     * @param value null, a {@link Long}, a {@link Double}, a {@link String} or a {@code byte[]}
     * @throws IOException if the sink can't take more; the query ends
     */
    void value(@Nullable Object value) throws IOException;
}
