package org.sqltune.model.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.PreparedBatch;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

/** What a decoder computes, as plain arrays, and how far two such arrays lie apart. */
public final class DecoderResults {
    private DecoderResults() {}

    /** Scores [T, V] of one sequence, row by row. */
    public static float[] logits(Decoder decoder, long... ids) {
        return logits(decoder, TokenBatch.sequence(ids));
    }

    /** Scores [T, V] of a batch, row by row. */
    public static float[] logits(Decoder decoder, TokenBatch batch) {
        try (TensorScope scope = decoder.torch().scope();
                PreparedBatch prepared = decoder.prepare(scope, batch)) {
            return decoder.logits(scope, decoder.forward(scope, prepared)).toFloats();
        }
    }

    /** Scores [V] at one position of [T, V]. */
    public static float[] row(float[] logits, int position, int vocabulary) {
        return Arrays.copyOfRange(logits, position * vocabulary, (position + 1) * vocabulary);
    }

    /** Summed cross-entropy of a completion behind a prompt, in nats. */
    public static double lossSum(Decoder decoder, long[] prompt, long[] completion) {
        Torch torch = decoder.torch();
        try (TensorScope scope = torch.scope();
                PreparedBatch batch = decoder.prepare(scope, TokenBatch.sequence(concatenate(prompt, completion)))) {
            long[] rows = new long[completion.length];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = prompt.length - 1 + i;
            }
            Tensor hidden = torch.selectRows(scope, decoder.forward(scope, batch), scope.longs(rows, rows.length));
            return decoder.loss(scope, hidden, scope.longs(completion, completion.length))
                    .lossSum();
        }
    }

    /** The most likely tokens one after the other, each computed from the whole text before it. */
    public static long[] greedyWithoutCache(Decoder decoder, long[] prompt, int count) {
        long[] ids = prompt;
        int vocabulary = decoder.config().vocabSize();
        for (int i = 0; i < count; i++) {
            float[] last = row(logits(decoder, ids), ids.length - 1, vocabulary);
            int best = 0;
            for (int v = 1; v < vocabulary; v++) {
                best = last[v] > last[best] ? v : best;
            }
            ids = concatenate(ids, best);
        }
        return Arrays.copyOfRange(ids, prompt.length, ids.length);
    }

    /** The largest absolute difference; fails on unequal sizes and on NaN. */
    public static double largestDifference(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isNotNaN();
            largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
        }
        return largest;
    }

    /** One array behind the other. */
    public static long[] concatenate(long[] a, long... b) {
        long[] result = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, result, a.length, b.length);
        return result;
    }
}
