package org.sqltune.model.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
            return decoder.head()
                    .logits(scope, decoder.forward(scope, prepared))
                    .toFloats();
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
                rows[i] = prompt.length - 1L + i;
            }
            Tensor hidden = torch.selectRows(scope, decoder.forward(scope, batch), scope.longs(rows, rows.length));
            return decoder.head()
                    .loss(scope, hidden, scope.longs(completion, completion.length))
                    .lossSum();
        }
    }

    /** Scores [2, T, V] of two sequences of one length, given one behind the other and computed in one row. */
    static float[] bothRows(Decoder decoder, long[] ids) {
        int half = ids.length / 2;
        long[] positions = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            positions[i] = i % half;
        }
        return logits(
                decoder,
                new TokenBatch(ids, positions, new long[] {half, half}, new long[] {-1, -1}, new long[0], new long[0]));
    }

    /** The root of the mean squared difference; fails on unequal sizes. */
    static double rootMeanSquare(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double sum = 0;
        for (int i = 0; i < actual.length; i++) {
            sum += Math.pow(actual[i] - expected[i], 2);
        }
        return Math.sqrt(sum / actual.length);
    }

    /** Mean cross-entropy in nats over the completions of a fixture's examples. */
    static double meanLoss(Decoder decoder, JsonNode examples) {
        double sum = 0;
        long count = 0;
        for (JsonNode example : examples) {
            long[] completion = ParityFixture.ids(example.path("completion_ids"));
            sum += lossSum(decoder, ParityFixture.ids(example.path("prompt_ids")), completion);
            count += completion.length;
        }
        return sum / count;
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
