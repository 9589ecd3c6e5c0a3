package org.sqltune.model.decoder;

import java.util.Arrays;

/**
 * Tokens to be computed together, as one row of T without padding. The row is cut into segments; a segment's tokens see
 * those before them in the segment and all of its parent segment, nothing else. A sequence is a segment without parent;
 * sequences that begin alike are one parent segment with the common tokens and a child segment each.
 *
 * @param ids token ids [T]
 * @param positions position of each token in its sequence, from 0 [T]
 * @param lengths tokens of each segment; they add up to T
 * @param parents for each segment the index of an earlier segment that has no parent itself, or -1
 * @param targetRows rows whose next token is to be predicted [n], ascending
 * @param targets the token to be predicted there [n]
 */
public record TokenBatch(
        long[] ids, long[] positions, long[] lengths, long[] parents, long[] targetRows, long[] targets) {

    /** One sequence without targets. */
    public static TokenBatch sequence(long... ids) {
        long[] positions = new long[ids.length];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = i;
        }
        return new TokenBatch(ids, positions, new long[] {ids.length}, new long[] {-1}, new long[0], new long[0]);
    }

    /** Number of tokens T. */
    public int tokens() {
        return ids.length;
    }

    /** For each token [T] how far NEFTune's noise goes: alpha / √(tokens of its sequence × E). */
    float[] noiseMagnitudes(double alpha, int hiddenSize) {
        int[] textLengths = textLengths();
        float[] magnitudes = new float[ids.length];
        int start = 0;
        for (int i = 0; i < lengths.length; i++) {
            int end = start + (int) lengths[i];
            double magnitude = alpha / Math.sqrt((double) Math.max(1, textLengths[i]) * hiddenSize);
            Arrays.fill(magnitudes, start, end, (float) magnitude);
            start = end;
        }
        return magnitudes;
    }

    /**
     * For each segment the tokens of the whole sequence that it is of, a last one that is only predicted included; of the
     * longest one where several share it.
     */
    int[] textLengths() {
        int[] textLengths = new int[lengths.length];
        int end = 0;
        for (int i = 0; i < lengths.length; i++) {
            end += (int) lengths[i];
            int predicted = Arrays.binarySearch(targetRows, end - 1) >= 0 ? 1 : 0;
            textLengths[i] = lengths[i] == 0 ? 0 : (int) positions[end - 1] + 1 + predicted;
            if (parents[i] >= 0) {
                int parent = (int) parents[i];
                textLengths[parent] = Math.max(textLengths[parent], textLengths[i]);
            }
        }
        return textLengths;
    }
}
