package org.sqltune.inference.engine;

import java.util.Set;
import org.sqltune.core.SqlTuneException;

/**
 * Continues texts: the engine of this process, another runtime within it, or a server elsewhere. Safe for use by several
 * threads.
 */
public interface TextCompleter extends AutoCloseable {
    /**
     * Queues a request.
     *
     * @param listener told how the answer grows
     * @throws QueueFullException if too much waits already
     * @throws SqlTuneException if this can't serve the request: an unknown adapter, a prompt beyond the context, a setting
     *     that it doesn't know, or it is closed
     */
    TextTicket submit(TextRequest request, TextListener listener);

    /**
     * The tokens that the runtime cuts a text into, without one that it puts before prompts.
     *
     * @throws SqlTuneException if the runtime doesn't tell
     */
    default long[] tokens(String text) {
        throw new SqlTuneException("This runtime doesn't tell into which tokens it cuts a text");
    }

    /** Adapters that requests may name. */
    Set<String> adapters();

    /** Ends every request that has no answer yet, and frees what is held. */
    @Override
    void close();
}
