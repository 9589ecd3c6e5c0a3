package org.sqltune.model.decoder;

import org.jspecify.annotations.Nullable;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/**
 * Scores of the tokens that may follow, a row of the whole vocabulary for each place that was asked for: fp32 [n, V]. They
 * stay in native memory until a row is asked for. For one thread at a time.
 */
public final class NextScores implements AutoCloseable {
    private final Torch torch;
    private final TensorScope scope;
    private final @Nullable Tensor scores;
    private long @Nullable [] best;

    NextScores(Torch torch, @Nullable Tensor scores) {
        this.torch = torch;
        this.scope = torch.scope();
        this.scores = scores == null ? null : scope.keep(scores);
    }

    /** No rows. */
    static NextScores none(Torch torch) {
        return new NextScores(torch, null);
    }

    /** Rows in all. */
    public int rows() {
        return scores == null ? 0 : (int) scores.size(0);
    }

    /** The token with the highest score of a row; of several the one with the lowest id. */
    public int best(int row) {
        if (best == null) {
            best = torch.argmax(scope, tensor()).toLongs();
        }
        return (int) best[row];
    }

    /** A row's scores [V], in an array of the caller's own. */
    public float[] row(int row) {
        return torch.slice(scope, tensor(), row, row + 1).toFloats();
    }

    private Tensor tensor() {
        if (scores == null) {
            throw new IndexOutOfBoundsException("no scores were asked for");
        }
        return scores;
    }

    @Override
    public void close() {
        scope.close();
    }
}
