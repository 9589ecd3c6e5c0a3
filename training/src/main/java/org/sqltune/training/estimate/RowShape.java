package org.sqltune.training.estimate;

import org.sqltune.model.decoder.DenseAttention;
import org.sqltune.model.decoder.TokenBatch;

/**
 * How large one row of a batch is.
 *
 * @param tokens T, computed in every layer
 * @param targets positions with a loss
 * @param dense the segments whose scores are all in memory at once
 * @param streamed the others, whose scores are computed a block at a time
 */
record RowShape(long tokens, long targets, Attention dense, Attention streamed) {
    /** Nothing at all. */
    static final RowShape EMPTY = new RowShape(0, 0, Attention.NONE, Attention.NONE);

    /**
     * What is looked at by some segments.
     *
     * @param tokens tokens that look
     * @param keys keys that are looked at: for each segment its own tokens and those of its parent
     * @param masked scores whose visibility is written out: tokens × keys of the segments that have a parent
     * @param scores tokens × keys
     */
    record Attention(long tokens, long keys, long masked, long scores) {
        static final Attention NONE = new Attention(0, 0, 0, 0);

        Attention plus(long segmentTokens, long segmentKeys, boolean behindParent) {
            long segmentScores = segmentTokens * segmentKeys;
            return new Attention(
                    tokens + segmentTokens,
                    keys + segmentKeys,
                    masked + (behindParent ? segmentScores : 0),
                    scores + segmentScores);
        }

        private Attention share(double part) {
            return new Attention(Math.round(part * tokens), keys, Math.round(part * masked), Math.round(part * scores));
        }
    }

    /** @param scoresAtOnce scores up to which a segment is dense, see {@link DenseAttention} */
    static RowShape of(TokenBatch row, long scoresAtOnce) {
        long[] lengths = row.lengths();
        long[] parents = row.parents();
        Attention dense = Attention.NONE;
        Attention streamed = Attention.NONE;
        for (int i = 0; i < lengths.length; i++) {
            boolean behindParent = parents[i] >= 0;
            long keys = lengths[i] + (behindParent ? lengths[(int) parents[i]] : 0);
            if (lengths[i] * keys <= scoresAtOnce) {
                dense = dense.plus(lengths[i], keys, behindParent);
            } else {
                streamed = streamed.plus(lengths[i], keys, behindParent);
            }
        }
        return new RowShape(row.ids().length, row.targets().length, dense, streamed);
    }

    /** The same row in the last layer, which computes what leads to targets. */
    RowShape towardsTargets() {
        double part = tokens == 0 ? 0 : (double) targets / tokens;
        return new RowShape(targets, targets, dense.share(part), streamed.share(part));
    }

    /** Tokens of all rows together. */
    static long tokens(Iterable<RowShape> rows) {
        long sum = 0;
        for (RowShape row : rows) {
            sum += row.tokens();
        }
        return sum;
    }
}
