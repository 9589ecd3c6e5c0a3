package org.sqltune.inference.engine;

/** Is told how an answer grows, on the engine's thread: what it does must be quick. */
@FunctionalInterface
public interface TextListener {
    /** Hears nothing. */
    TextListener NONE = piece -> {};

    /**
     * A piece of the prompt was read. Runtimes that don't tell how far they are don't call it.
     *
     * @param tokens of the prompt that are read, with those that were in the cache
     * @param all tokens of the prompt
     */
    default void prompt(int tokens, int all) {}

    /** More of the answer's text: whole characters, never a part of a stop text. All pieces make the answer. */
    void text(String piece);

    /**
     * As {@link #text(String)}, of one of several texts that were asked for. The texts of beam search are told when all have
     * ended.
     *
     * @param candidate its place in {@link TextAnswer#candidates}
     */
    default void text(int candidate, String piece) {
        if (candidate == 0) {
            text(piece);
        }
    }
}
