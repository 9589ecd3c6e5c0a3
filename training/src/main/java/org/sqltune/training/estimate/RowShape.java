package org.sqltune.training.estimate;

import java.util.stream.IntStream;
import org.sqltune.model.decoder.TokenBatch;

/**
 * How large one row of a batch is.
 *
 * @param tokens T, computed in every layer
 * @param attended keys that are looked at: for each segment its own tokens and those of its parent
 * @param masked scores whose visibility is written out: tokens × keys of the segments that have a parent
 * @param scores tokens × keys of all segments
 * @param targets positions with a loss
 */
record RowShape(long tokens, long attended, long masked, long scores, long targets) {
    static RowShape of(TokenBatch row) {
        long[] lengths = row.lengths();
        long[] parents = row.parents();
        long attended = 0;
        long masked = 0;
        long scores = 0;
        for (int i = 0; i < lengths.length; i++) {
            long keys = lengths[i] + (parents[i] < 0 ? 0 : lengths[(int) parents[i]]);
            attended += keys;
            scores += lengths[i] * keys;
            masked += parents[i] < 0 ? 0 : lengths[i] * keys;
        }
        return new RowShape(row.ids().length, attended, masked, scores, row.targets().length);
    }

    /** Tokens of all rows together. */
    static long tokens(Iterable<RowShape> rows) {
        long sum = 0;
        for (RowShape row : rows) {
            sum += row.tokens();
        }
        return sum;
    }

    /** A row of one text. */
    static RowShape ofText(int tokens, int targets) {
        return of(new TokenBatch(
                new long[tokens],
                IntStream.range(0, tokens).asLongStream().toArray(),
                new long[] {tokens},
                new long[] {-1},
                IntStream.range(tokens - targets, tokens).asLongStream().toArray(),
                new long[targets]));
    }
}
