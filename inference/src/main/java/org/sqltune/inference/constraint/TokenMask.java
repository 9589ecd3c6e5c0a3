package org.sqltune.inference.constraint;

import java.util.function.IntConsumer;

/** The tokens that may follow a place. Never changes. */
final class TokenMask {
    private final long[] words;
    private final int count;

    TokenMask(long[] words) {
        this.words = words;
        int bits = 0;
        for (long word : words) {
            bits += Long.bitCount(word);
        }
        this.count = bits;
    }

    /** One bit a token; not to be changed. */
    long[] words() {
        return words;
    }

    int count() {
        return count;
    }

    boolean has(int token) {
        return token >= 0 && token < 64 * words.length && (words[token >> 6] >>> token & 1) != 0;
    }

    /** The first token; -1 if there is none. */
    int first() {
        for (int i = 0; i < words.length; i++) {
            if (words[i] != 0) {
                return 64 * i + Long.numberOfTrailingZeros(words[i]);
            }
        }
        return -1;
    }

    void forEach(IntConsumer consumer) {
        for (int i = 0; i < words.length; i++) {
            for (long left = words[i]; left != 0; left &= left - 1) {
                consumer.accept(64 * i + Long.numberOfTrailingZeros(left));
            }
        }
    }
}
