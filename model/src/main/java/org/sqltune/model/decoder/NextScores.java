package org.sqltune.model.decoder;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;

/**
 * Scores of the tokens that may follow, for each place that was asked for: n rows of the whole vocabulary V. The head computes
 * them when they are asked for, all rows together, or only those of a few tokens. For one thread at a time.
 */
public final class NextScores implements AutoCloseable {
    /** Below this part of the vocabulary copying some rows of the head costs less than computing all of them. */
    private static final int FEW = 16;

    /** Bytes of a head from which on scoring all tokens of a few rows costs more than finding out which may come. */
    private static final long COSTLY_HEAD = 32_000_000;

    private static final int COSTLY_ROWS = 4;

    private final Decoder decoder;
    private final TensorScope scope;
    private final Tensor hidden;
    private @Nullable Tensor scores;
    private long @Nullable [] best;
    private float @Nullable [] logSums;

    /** @param hidden what the layers gave [n, E]; this owns it from now on */
    NextScores(Decoder decoder, Tensor hidden) {
        this.decoder = decoder;
        this.scope = decoder.torch().scope();
        this.hidden = scope.keep(hidden);
    }

    /** Rows in all. */
    public int rows() {
        return (int) hidden.size(0);
    }

    /** Tokens of the vocabulary. */
    public int vocabulary() {
        return decoder.config().vocabSize();
    }

    /** Whether it pays to know which tokens are wanted before any is scored: few rows, and a large head. */
    public boolean costly() {
        return scores == null && rows() <= COSTLY_ROWS && decoder.head().bytes(decoder.type()) >= COSTLY_HEAD;
    }

    /** The token with the highest score of a row; of several the one with the lowest id. */
    public int best(int row) {
        if (best == null) {
            best = decoder.torch().argmax(scope, all()).toLongs();
        }
        return (int) best[row];
    }

    /** Natural logarithm of a token's probability at a row, by the scores alone. */
    public double logprob(int row, int token) {
        if (logSums == null) {
            logSums = decoder.torch().logSums(scope, all()).toFloats();
        }
        return token == best(row) ? logSums[row] : (double) row(row)[token] - logSums[rows() + row];
    }

    /** A row's scores [V]. */
    public float[] row(int row) {
        return decoder.torch().slice(scope, all(), row, row + 1).toFloats();
    }

    /**
     * A row's scores of some tokens. Where they are few, only their rows of the head are computed.
     *
     * @param tokens their ids
     */
    public float[] of(int row, int... tokens) {
        if (scores != null || tokens.length > vocabulary() / FEW) {
            float[] every = row(row);
            float[] some = new float[tokens.length];
            for (int i = 0; i < tokens.length; i++) {
                some[i] = every[tokens[i]];
            }
            return some;
        }
        try (TensorScope step = decoder.torch().scope()) {
            long[] ids = Arrays.stream(tokens).asLongStream().toArray();
            Tensor one = decoder.torch().slice(step, hidden, row, row + 1);
            return decoder.head().logits(step, one, step.longs(ids, ids.length)).toFloats();
        }
    }

    private Tensor all() {
        if (scores == null) {
            scores = decoder.head().logits(scope, hidden);
        }
        return scores;
    }

    @Override
    public void close() {
        scope.close();
    }
}
