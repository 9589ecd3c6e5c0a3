package org.sqltune.inference.runtime;

import java.util.List;
import java.util.Set;
import org.sqltune.core.SqlTuneException;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.engine.TokenLogprob;

/**
 * A runtime that continues a text on the thread that asks, until it is whole. {@link QueuedCompleter} makes a completer of it.
 * Safe for use by as many threads as it is given.
 */
public interface BlockingRuntime extends AutoCloseable {
    /** What it is, for messages. */
    String name();

    /** Adapters that requests may name. */
    Set<String> adapters();

    /** What it can do beyond continuing a prompt with one text. */
    default Set<Ability> abilities() {
        return Set.of();
    }

    /** What not every runtime can do. */
    enum Ability {
        /** Several texts for one prompt. */
        SEVERAL_TEXTS("several answers (n)"),
        /** The probabilities of tokens. */
        LOGPROBS("probabilities (logprobs)");

        private final String words;

        Ability(String words) {
            this.words = words;
        }

        /** What it is, for messages. */
        String words() {
            return words;
        }
    }

    /** Receives an answer as it comes, on the thread that asked. */
    interface Pieces {
        /**
         * More of a text.
         *
         * @param candidate which of the texts that were asked for
         */
        void text(int candidate, String piece);

        /** A token's probability, if probabilities were asked for. */
        default void token(int candidate, TokenLogprob token) {}
    }

    /**
     * Continues a prompt. An interrupt of the thread ends that as soon as possible, with any exception or as if the text were
     * whole.
     *
     * @throws SqlTuneException if there is no answer
     */
    Usage run(TextRequest request, Pieces pieces);

    /**
     * The tokens that it cuts a text into, without one that it puts before prompts, and whatever prompts are sent as.
     *
     * @throws SqlTuneException if the runtime doesn't tell
     */
    default long[] tokens(String text) {
        throw new SqlTuneException(name() + " doesn't tell into which tokens it cuts a text");
    }

    @Override
    void close();

    /**
     * What an answer took.
     *
     * @param ends why each text ended
     * @param promptTokens tokens of the prompt; 0 if nobody said
     * @param cachedTokens those of them that were known before
     * @param newTokens tokens that were generated, of all texts together; 0 if nobody said
     */
    record Usage(List<End> ends, int promptTokens, int cachedTokens, int newTokens) {
        public Usage {
            ends = List.copyOf(ends);
        }

        /** Of one text. */
        public Usage(End end, int promptTokens, int cachedTokens, int newTokens) {
            this(List.of(end), promptTokens, cachedTokens, newTokens);
        }
    }
}
