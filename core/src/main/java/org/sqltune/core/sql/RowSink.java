package org.sqltune.core.sql;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a query's result as it comes, so that nobody has to hold the whole of it. */
public interface RowSink {
    /**
     * The result begins.
     *
     * @param names the columns' names, in order; may repeat
     * @throws IOException if the sink can't take more; the query ends
     */
    void columns(List<String> names) throws IOException;

    /**
     * The next value; after as many as there are columns a row is complete. What is left of an incomplete row at the end
     * doesn't belong to the result.
     *
     * @param value null, a {@link Long}, a {@link Double}, a {@link String} or a {@code byte[]}
     * @throws IOException if the sink can't take more; the query ends
     */
    void value(@Nullable Object value) throws IOException;
}
