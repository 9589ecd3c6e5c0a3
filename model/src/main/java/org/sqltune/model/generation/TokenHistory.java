package org.sqltune.model.generation;

import java.util.Arrays;

/** A prompt's tokens and those that were generated behind it. */
final class TokenHistory {
    private final int promptLength;
    private long[] tokens;
    private int length;

    TokenHistory(long... prompt) {
        this.promptLength = prompt.length;
        this.tokens = Arrays.copyOf(prompt, prompt.length + 32);
        this.length = prompt.length;
    }

    void add(int token) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * length);
        }
        tokens[length++] = token;
    }

    /** All tokens. */
    int length() {
        return length;
    }

    /** Generated tokens. */
    int generated() {
        return length - promptLength;
    }

    /** The token at a place, the prompt's first one at 0. */
    long at(int place) {
        return tokens[place];
    }

    /** The tokens from a place on, followed by others. */
    long[] from(int place, long... others) {
        long[] all = Arrays.copyOfRange(tokens, place, length + others.length);
        System.arraycopy(others, 0, all, length - place, others.length);
        return all;
    }

    /** The generated tokens. */
    long[] generatedIds() {
        return Arrays.copyOfRange(tokens, promptLength, length);
    }

    /**
     * What followed the last {@code match} tokens when they stood there before, the last time: at most {@code count} tokens;
     * none if they never did.
     */
    long[] followedBefore(int match, int count) {
        int suffix = length - match;
        for (int start = suffix - 1; start >= 0; start--) {
            if (Arrays.equals(tokens, start, start + match, tokens, suffix, length)) {
                int from = start + match;
                return Arrays.copyOfRange(tokens, from, Math.min(length, from + count));
            }
        }
        return new long[0];
    }
}
