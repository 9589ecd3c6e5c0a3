package org.sqltune.training.estimate;

import org.sqltune.model.decoder.DenseAttention;
import org.sqltune.model.decoder.TokenBatch;

/**
 * Sizes of one row of a batch.
 *
 * @param tokens number of tokens T, computed in every layer
 * @param targets number of target positions
 * @param dense the segments with dense attention: all scores are in memory at once
 * @param streamed the segments with streamed attention: scores are computed one block at a time
 */
record RowShape(long tokens, long targets, Attention dense, Attention streamed) {
    /** A row without tokens. */
    static final RowShape EMPTY = new RowShape(0, 0, Attention.NONE, Attention.NONE);

    /**
     * Sizes of the attention of some segments.
     *
     * @param tokens number of query positions
     * @param keys number of key positions: for each segment its own tokens and those of its parent
     * @param masked number of scores with an explicit mask: tokens × keys of the segments that have a parent
     * @param scores number of scores: tokens × keys
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

    /** @param scoresAtOnce largest number of scores of a segment with dense attention, see {@link DenseAttention} */
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

    /** Returns the row's sizes in the last layer, which computes target positions only. */
    RowShape towardsTargets() {
        double part = tokens == 0 ? 0 : (double) targets / tokens;
        return new RowShape(targets, targets, dense.share(part), streamed.share(part));
    }

    /** Returns the number of tokens of all rows. */
    static long tokens(Iterable<RowShape> rows) {
        long sum = 0;
        for (RowShape row : rows) {
            sum += row.tokens();
        }
        return sum;
    }
}
