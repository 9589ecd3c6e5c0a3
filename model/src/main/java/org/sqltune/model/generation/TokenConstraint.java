package org.sqltune.model.generation;

/**
 * Says which tokens may continue one text, and follows the text as it grows. It knows nothing of stop tokens: they are
 * allowed exactly where {@link #mayEnd} says so, whatever their bits in a mask are. Where nothing is allowed and the text may not
 * end, it ends as it is, with {@link Generation.End#CONSTRAINT}; what any method throws ends its own text alone, with {@link
 * Generation.End#FAILED}. For one thread at a time.
 */
public interface TokenConstraint {
    /**
     * The tokens that may come next.
     *
     * @param tokensLeft how many tokens the text may still have, the one that is asked for included and a stop token not; near
     *     the end only those are allowed that still lead to an end
     * @return bit {@code i % 64} of word {@code i / 64} for token i, as long as the vocabulary; valid until the next
     *     {@link #advance}, and not to be changed
     */
    long[] allowed(int tokensLeft);

    /**
     * Whether one token may come next. Where the most probable one may, nobody has to know which others may.
     *
     * @param tokensLeft as for {@link #allowed}
     * @return whether the token's bit is set in what {@link #allowed} gives
     */
    default boolean allows(int token, int tokensLeft) {
        long[] words = allowed(tokensLeft);
        int word = token >> 6;
        return token >= 0 && word < words.length && (words[word] >>> token & 1) != 0;
    }

    /** Whether the text may end here. */
    boolean mayEnd();

    /**
     * Takes the token that was chosen.
     *
     * @throws IllegalArgumentException if it isn't allowed
     */
    void advance(int token);

    /**
     * Tokens that must come next because nothing else is possible, not even an end; empty where there is a choice. They are
     * appended at once, up to the limit of tokens, and {@link #advance} hears of each. Nothing is advanced by this call.
     */
    int[] forced();

    /**
     * The tokens of a short way to an end, for a text that the model would end where it may not. Nothing is advanced by this
     * call.
     *
     * @return empty if none is known
     */
    default int[] ending() {
        return new int[0];
    }

    /**
     * A constraint at the same place that goes on by itself, for another continuation of the same text: each sample and each
     * step of each beam asks for one.
     */
    TokenConstraint copy();
}
