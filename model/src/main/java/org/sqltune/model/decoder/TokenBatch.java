package org.sqltune.model.decoder;

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
}
