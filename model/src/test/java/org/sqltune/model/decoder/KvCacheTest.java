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
import org.junit.jupiter.params.provider.CsvSource;
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
        assertPiecesGiveTheLogitsOfTheWholeText(decoder, piece);
    }

    /** Windows are 6 wide and trained contexts 16 long, so texts of 40 tokens pass both. */
    @ParameterizedTest
    @CsvSource({
        "mistral_window, 1",
        "mistral_window, 4",
        "mistral_window, 9",
        "qwen2, 3",
        "gemma2, 1",
        "gemma2, 5",
        "phi3, 7",
        "phi3_longrope, 1",
        "phi3_longrope, 9",
        "llama_dynamic, 1",
        "llama_dynamic, 7",
        "gpt_neox, 3"
    })
    void windowsAndStretchedFrequenciesHoldBehindCachedTokens(String fixture, int piece) {
        try (Decoder other = ParityFixture.of(fixture).decoder(torch, ElementType.FLOAT32)) {
            assertPiecesGiveTheLogitsOfTheWholeText(other, piece);
        }
    }

    /** At each end of a piece, the text up to there as a whole: what follows may change the frequencies of all of it. */
    private static void assertPiecesGiveTheLogitsOfTheWholeText(Decoder decoder, int piece) {
        int vocabulary = decoder.config().vocabSize();
        long[] ids = ids(40, vocabulary);
        try (KvCache cache = decoder.newCache(40)) {
            for (int start = 0; start < ids.length; start += piece) {
                int end = Math.min(ids.length, start + piece);
                float[] next = decoder.next(cache, Arrays.copyOfRange(ids, start, end));
                float[] whole = logits(decoder, Arrays.copyOf(ids, end));
                assertThat(largestDifference(next, row(whole, end - 1, vocabulary)))
                        .as("behind %s tokens", end)
                        .isLessThan(TOLERANCE);
                assertThat(cache.length()).isEqualTo(end);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"phi3_longrope", "llama_dynamic", "mistral_window"})
    void aCacheCutBackToAShortTextIsThatOfTheShortText(String fixture) {
        try (Decoder other = ParityFixture.of(fixture).decoder(torch, ElementType.FLOAT32);
                KvCache cache = other.newCache(40)) {
            int vocabulary = other.config().vocabSize();
            long[] ids = ids(30, vocabulary);
            other.next(cache, ids);
            cache.truncate(9);
            float[] next = other.next(cache, ids[9], ids[10]);
            float[] whole = logits(other, Arrays.copyOf(ids, 11));
            assertThat(largestDifference(next, row(whole, 10, vocabulary))).isLessThan(TOLERANCE);
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

    private long[] ids(int count) {
        return ids(count, vocabulary);
    }

    private static long[] ids(int count, int vocabulary) {
        return new Random(1).longs(count, 3, vocabulary).toArray();
    }
}
