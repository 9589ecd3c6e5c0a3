package org.sqltune.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.decoder.PagedDecoder.NewTokens;
import org.sqltune.model.parity.Architecture;
import org.sqltune.model.parity.DecoderResults;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** Paged decoding of many texts gives what contiguous decoding of each alone gives. */
class PagedDecoderTest {
    private final Torch torch = Torch.cpu();

    @AfterEach
    void close() {
        torch.close();
    }

    @ParameterizedTest
    @EnumSource
    void textsThatJoinInAnyOrderGetTheScoresOfEachAlone(Architecture architecture) {
        Random random = new Random(architecture.ordinal());
        try (Decoder decoder = architecture.fixture().decoder(torch, ElementType.FLOAT32);
                KvPool pool = decoder.newPool(64)) {
            PagedDecoder paged = decoder.paged();
            List<PagedText> texts = new ArrayList<>();
            List<long[]> contents = new ArrayList<>();
            for (int step = 0; step < 12; step++) {
                if (texts.size() < 4) {
                    texts.add(pool.newText());
                    contents.add(new long[0]);
                }
                List<NewTokens> batch = new ArrayList<>();
                List<Integer> chosen = new ArrayList<>();
                for (int i = 0; i < texts.size(); i++) {
                    if (random.nextInt(3) > 0) {
                        long[] more = ids(random, decoder, 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 2));
                        assertThat(texts.get(i).reserve(more.length)).isTrue();
                        contents.set(i, DecoderResults.concatenate(contents.get(i), more));
                        batch.add(new NewTokens(texts.get(i), more));
                        chosen.add(i);
                    }
                }
                if (batch.isEmpty()) {
                    continue;
                }
                float[][] scores = paged.next(pool, batch);
                for (int i = 0; i < chosen.size(); i++) {
                    assertSame(decoder, contents.get(chosen.get(i)), scores[i]);
                }
                if (random.nextInt(4) == 0) {
                    texts.remove(0).close();
                    contents.remove(0);
                }
            }
            texts.forEach(PagedText::close);
            assertThat(pool.freePages()).isEqualTo(pool.pages());
        }
    }

    @Test
    void textsThatShareABeginningInTheMiddleOfAPageGoOnApart() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                KvPool pool = decoder.newPool(16)) {
            PagedDecoder paged = decoder.paged();
            Random random = new Random(1);
            long[] schema = ids(random, decoder, 37);
            PagedText first = pool.newText();
            assertThat(first.reserve(schema.length)).isTrue();
            paged.next(pool, List.of(new NewTokens(first, schema)));
            int used = pool.pages() - pool.freePages();

            PagedText second = first.shareBeginning(33);
            assertThat(pool.pages() - pool.freePages())
                    .as("pages after sharing")
                    .isEqualTo(used);
            long[] ofFirst = ids(random, decoder, 7);
            long[] ofSecond = ids(random, decoder, 5);
            assertThat(first.reserve(7)).isTrue();
            assertThat(second.reserve(5)).isTrue();
            float[][] scores =
                    paged.next(pool, List.of(new NewTokens(first, ofFirst), new NewTokens(second, ofSecond)));
            assertSame(decoder, DecoderResults.concatenate(schema, ofFirst), scores[0]);
            assertSame(decoder, DecoderResults.concatenate(Arrays.copyOf(schema, 33), ofSecond), scores[1]);

            first.close();
            assertThat(second.reserve(1)).isTrue();
            float[][] more = paged.next(pool, List.of(new NewTokens(second, 9)));
            assertSame(
                    decoder,
                    DecoderResults.concatenate(DecoderResults.concatenate(Arrays.copyOf(schema, 33), ofSecond), 9),
                    more[0]);
            second.close();
            assertThat(pool.freePages()).isEqualTo(16);
        }
    }

    @Test
    void scoresOfSeveralRowsAreThoseBehindEachOfTheirTokens() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                KvPool pool = decoder.newPool(8)) {
            long[] ids = ids(new Random(4), decoder, 20);
            PagedText all = pool.newText();
            PagedText none = pool.newText();
            PagedText last = pool.newText();
            assertThat(all.reserve(20) && none.reserve(20) && last.reserve(20)).isTrue();
            List<NewTokens> batch =
                    List.of(new NewTokens(all, ids, 20), new NewTokens(none, ids, 0), new NewTokens(last, ids));
            try (NextScores scores = decoder.paged().scores(pool, batch)) {
                assertThat(scores.rows()).isEqualTo(21);
                assertSame(decoder, ids, scores.row(20));
                for (int i = 0; i < 20; i++) {
                    float[] row = scores.row(i);
                    assertSame(decoder, Arrays.copyOf(ids, i + 1), row);
                    assertThat(row[scores.best(i)]).isEqualTo(maximum(row));
                    double sum = 0;
                    for (float each : row) {
                        sum += Math.exp(each);
                    }
                    for (int token : new int[] {scores.best(i), 0, 98}) {
                        double expected = row[token] - Math.log(sum);
                        assertThat(scores.logprob(i, token)).isCloseTo(expected, within(1e-6));
                    }
                }
            }
        }
    }

    @Test
    void scoresOfAFewTokensAreThoseOfTheWholeRow() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                KvPool pool = decoder.newPool(8)) {
            long[] ids = ids(new Random(5), decoder, 20);
            PagedText text = pool.newText();
            assertThat(text.reserve(20)).isTrue();
            try (NextScores scores = decoder.paged().scores(pool, List.of(new NewTokens(text, ids, 3)))) {
                int[] many = IntStream.range(10, 90).toArray();
                float[] few = scores.of(1, 7, 3, 98);
                float[] most = scores.of(1, many);
                float[] row = scores.row(1);
                assertThat(few).containsExactly(new float[] {row[7], row[3], row[98]}, within(1e-4f));
                assertThat(most).containsExactly(Arrays.copyOfRange(row, 10, 90), within(1e-4f));
                assertThat(scores.of(1, 7)).containsExactly(row[7]);
            }
        }
    }

    private static float maximum(float[] row) {
        float largest = row[0];
        for (float each : row) {
            largest = Math.max(largest, each);
        }
        return largest;
    }

    @Test
    void aForkSharesFullPagesAndGoesOnByItself() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                KvPool pool = decoder.newPool(16)) {
            PagedDecoder paged = decoder.paged();
            Random random = new Random(6);
            for (int length : new int[] {1, 15, 16, 37, 48}) {
                long[] prompt = ids(random, decoder, length);
                PagedText first = pool.newText();
                assertThat(first.reserve(length + 20)).isTrue();
                paged.next(pool, List.of(new NewTokens(first, prompt)));
                int before = pool.freePages();
                PagedText second = first.fork(20);
                PagedText third = first.copy(3);
                int ofSecond = (length % KvPool.PAGE + 20 + KvPool.PAGE - 1) / KvPool.PAGE;
                int ofThird = (length + 3 + KvPool.PAGE - 1) / KvPool.PAGE;
                assertThat(before - pool.freePages()).as("%s tokens", length).isEqualTo(ofSecond + ofThird);
                long[] a = ids(random, decoder, 20);
                long[] b = ids(random, decoder, 20);
                long[] c = ids(random, decoder, 3);
                float[][] scores = paged.next(
                        pool, List.of(new NewTokens(first, a), new NewTokens(second, b), new NewTokens(third, c)));
                assertSame(decoder, DecoderResults.concatenate(prompt, a), scores[0]);
                assertSame(decoder, DecoderResults.concatenate(prompt, b), scores[1]);
                assertSame(decoder, DecoderResults.concatenate(prompt, c), scores[2]);
                List.of(first, second, third).forEach(PagedText::close);
                assertThat(pool.freePages()).isEqualTo(16);
            }
        }
    }

    @Test
    void aTextThatIsCutGoesOnInTheSameSlots() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                KvPool pool = decoder.newPool(4)) {
            PagedText text = pool.newText();
            long[] ids = ids(new Random(2), decoder, 20);
            assertThat(text.reserve(20)).isTrue();
            decoder.paged().next(pool, List.of(new NewTokens(text, ids)));
            text.truncate(11);
            int free = pool.freePages();
            assertThat(text.reserve(2)).isTrue();
            assertThat(pool.freePages()).isEqualTo(free);
            float[][] scores = decoder.paged().next(pool, List.of(new NewTokens(text, 4, 5)));
            assertSame(decoder, DecoderResults.concatenate(Arrays.copyOf(ids, 11), 4, 5), scores[0]);
        }
    }

    @Test
    void whatIsSharedIsNotWrittenAgain() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                KvPool pool = decoder.newPool(4)) {
            PagedText text = pool.newText();
            assertThat(text.reserve(10)).isTrue();
            decoder.paged().next(pool, List.of(new NewTokens(text, ids(new Random(3), decoder, 10))));
            text.shareBeginning(8).close();
            assertThatThrownBy(() -> text.truncate(7)).isInstanceOf(IllegalStateException.class);
            text.truncate(8);
            assertThat(text.length()).isEqualTo(8);
        }
    }

    @Test
    void withoutFreePagesNothingIsTaken() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                KvPool pool = decoder.newPool(2)) {
            PagedText text = pool.newText();
            assertThat(text.pagesFor(33)).isEqualTo(3);
            assertThat(text.reserve(33)).isFalse();
            assertThat(pool.freePages()).isEqualTo(2);
            assertThat(text.reserve(32)).isTrue();
        }
    }

    @Test
    void anIdOutsideTheVocabularyLeavesTheTextAsItWas() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                KvPool pool = decoder.newPool(2)) {
            PagedText text = pool.newText();
            assertThat(text.reserve(1)).isTrue();
            assertThatThrownBy(() -> decoder.paged().next(pool, List.of(new NewTokens(text, 1_000_000))))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("1000000");
            assertThat(text.length()).isZero();
        }
    }

    private static void assertSame(Decoder decoder, long[] ids, float[] scores) {
        try (KvCache cache = decoder.newCache(ids.length)) {
            float[] expected = decoder.next(cache, ids);
            double scale = 1;
            for (float each : expected) {
                scale = Math.max(scale, Math.abs(each));
            }
            assertThat(DecoderResults.largestDifference(scores, expected) / scale)
                    .isCloseTo(0, within(1e-5));
        }
    }

    private static long[] ids(Random random, Decoder decoder, int count) {
        return random.longs(count, 0, decoder.config().vocabSize()).toArray();
    }
}
