package org.sqltune.inference.runtime;

import java.util.Set;
import java.util.function.Consumer;
import org.sqltune.core.SqlTuneException;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextRequest;

/**
 * A runtime that continues a text on the thread that asks, until it is whole. {@link QueuedCompleter} makes a completer of it.
 * Safe for use by as many threads as it is given.
 */
public interface BlockingRuntime extends AutoCloseable {
    /** What it is, for messages. */
    String name();

    /** Adapters that requests may name. */
    Set<String> adapters();

    /**
     * Continues a prompt. An interrupt of the thread ends that as soon as possible, with any exception or as if the text were
     * whole.
     *
     * @param pieces gets more of the text as it comes
     * @throws SqlTuneException if there is no answer
     */
    Usage run(TextRequest request, Consumer<String> pieces);

    @Override
    void close();

    /**
     * What an answer took.
     *
     * @param end why it ended
     * @param promptTokens tokens of the prompt; 0 if nobody said
     * @param cachedTokens those of them that were known before
     * @param newTokens tokens that were generated
     */
    record Usage(End end, int promptTokens, int cachedTokens, int newTokens) {}
}
