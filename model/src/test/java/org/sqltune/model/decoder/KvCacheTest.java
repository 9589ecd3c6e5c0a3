package org.sqltune.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sqltune.model.parity.DecoderResults.largestDifference;
import static org.sqltune.model.parity.DecoderResults.logits;
import static org.sqltune.model.parity.DecoderResults.row;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** A step behind cached tokens computes what the whole text computes. */
class KvCacheTest {
    private static final double TOLERANCE = 1e-4;

    private final Torch torch = Torch.cpu();
    private Decoder decoder;
    private int vocabulary;

    @BeforeEach
    void load() {
        decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
        vocabulary = decoder.config().vocabSize();
    }

    @AfterEach
    void close() {
        decoder.close();
        torch.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 16, 40})
    void piecesOfAnySizeGiveTheLogitsOfTheWholeText(int piece) {
        long[] ids = ids(40);
        float[] whole = logits(decoder, ids);
        try (KvCache cache = decoder.newCache(40)) {
            for (int start = 0; start < ids.length; start += piece) {
                int end = Math.min(ids.length, start + piece);
                float[] next = decoder.next(cache, Arrays.copyOfRange(ids, start, end));
                assertThat(largestDifference(next, row(whole, end - 1, vocabulary)))
                        .as("behind %s tokens", end)
                        .isLessThan(TOLERANCE);
                assertThat(cache.length()).isEqualTo(end);
            }
        }
    }

    @Test
    void truncatedTokensAreForgotten() {
        long[] ids = ids(20);
        try (KvCache cache = decoder.newCache(32)) {
            decoder.next(cache, Arrays.copyOf(ids, 12));
            decoder.next(cache, 90, 91, 92, 93);
            cache.truncate(12);
            float[] next = decoder.next(cache, Arrays.copyOfRange(ids, 12, 20));
            assertThat(largestDifference(next, row(logits(decoder, ids), 19, vocabulary)))
                    .isLessThan(TOLERANCE);
        }
    }

    @Test
    void aCacheCannotBeTruncatedToMoreThanItHolds() {
        try (KvCache cache = decoder.newCache(8)) {
            decoder.next(cache, 1, 2, 3);
            assertThatThrownBy(() -> cache.truncate(4)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aTextLongerThanTheCacheIsRefusedAndTheCacheStaysAsItWas() {
        long[] ids = ids(10);
        try (KvCache cache = decoder.newCache(10)) {
            decoder.next(cache, Arrays.copyOf(ids, 8));
            assertThatThrownBy(() -> decoder.next(cache, 1, 2, 3))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContainingAll("text of 11 tokens", "the 10 that were reserved", "max_new_tokens");
            assertThat(cache.length()).isEqualTo(8);
            float[] next = decoder.next(cache, ids[8], ids[9]);
            assertThat(largestDifference(next, row(logits(decoder, ids), 9, vocabulary)))
                    .isLessThan(TOLERANCE);
            assertThat(cache.length()).isEqualTo(cache.capacity());
        }
    }

    private static long[] ids(int count) {
        return new Random(1).longs(count, 3, 99).toArray();
    }
}
