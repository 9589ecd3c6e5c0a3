package org.sqltune.model.generation;

import java.util.Arrays;

/** The largest of many scores. */
final class Largest {
    private Largest() {}

    /** Index of the largest one, the first of several; -1 where all are minus infinity. */
    static int index(float[] scores) {
        int best = -1;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] > largest) {
                largest = scores[i];
                best = i;
            }
        }
        return best;
    }

    /**
     * Indices of the largest {@code count} ones in descending order, of equal ones the first; fewer where the others are minus
     * infinity.
     */
    static int[] indices(float[] scores, int count) {
        long[] kept = new long[Math.min(count, scores.length)];
        int size = 0;
        for (int i = 0; i < scores.length && kept.length > 0; i++) {
            long key = key(scores[i], i);
            if (scores[i] == Float.NEGATIVE_INFINITY || size == kept.length && key > kept[size - 1]) {
                continue;
            }
            int at = -Arrays.binarySearch(kept, 0, size, key) - 1;
            size = Math.min(size + 1, kept.length);
            System.arraycopy(kept, at, kept, at + 1, size - at - 1);
            kept[at] = key;
        }
        return Arrays.stream(kept, 0, size).mapToInt(key -> (int) key).toArray();
    }

    /** Indices of all scores of at least {@code least}, in descending order of the scores, of equal ones the first. */
    static int[] indicesFrom(float[] scores, float least) {
        long[] keys = new long[scores.length];
        int size = 0;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] >= least) {
                keys[size++] = key(scores[i], i);
            }
        }
        Arrays.sort(keys, 0, size);
        return Arrays.stream(keys, 0, size).mapToInt(key -> (int) key).toArray();
    }

    /** A number that is smaller the larger the score, and of equal scores the smaller the index. */
    private static long key(float score, int index) {
        int bits = Float.floatToIntBits(score == 0 ? 0f : score);
        int ascending = bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
        return ((long) ~ascending << 32) | index;
    }
}
