package org.sqltune.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sqltune.model.parity.DecoderResults.greedyWithoutCache;

import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

class TextGeneratorTest {
    private static final GenerationSettings GREEDY = GenerationSettings.greedy(6);

    private final Torch torch = Torch.cpu();
    private Decoder decoder;
    private TextGenerator generator;

    @BeforeEach
    void load() {
        decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
        generator = new TextGenerator(decoder, Set.of());
    }

    @AfterEach
    void close() {
        generator.close();
        decoder.close();
        torch.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {511, 512, 513, 1100})
    void aPromptOfSeveralPiecesIsContinuedAsWithoutACache(int length) {
        long[] prompt = ids(1, length);
        assertThat(generator.generate(prompt, GREEDY)).isEqualTo(greedyWithoutCache(decoder, prompt, 6));
    }

    @Test
    void theCacheGrowsWithThePrompts() {
        for (int length : new int[] {5, 600, 20, 1200}) {
            long[] prompt = ids(2, length);
            assertThat(generator.generate(prompt, GREEDY))
                    .as("%s tokens", length)
                    .isEqualTo(fresh(prompt));
        }
    }

    @Test
    void promptsThatShareABeginningOrNothingDoNotDisturbEachOther() {
        long[] schema = ids(3, 60);
        long[] first = join(schema, ids(4, 12));
        long[] second = join(schema, ids(5, 20));
        long[] other = ids(6, 30);
        long[] beginning = Arrays.copyOf(schema, 30);
        for (long[] prompt : new long[][] {first, second, other, first, schema, beginning, first, first, other}) {
            assertThat(generator.generate(prompt, GREEDY)).isEqualTo(fresh(prompt));
        }
    }

    @Test
    void aPromptThatContinuesWithWhatWasGeneratedIsContinued() {
        long[] prompt = ids(7, 20);
        long[] generated = generator.generate(prompt, GREEDY);
        long[] longer = join(prompt, generated);
        assertThat(generator.generate(longer, GREEDY)).isEqualTo(fresh(longer));
    }

    @Test
    void aCallerMayReuseItsArray() {
        long[] prompt = ids(8, 20);
        generator.generate(prompt, GREEDY);
        long[] changed = ids(9, 20);
        System.arraycopy(changed, 0, prompt, 0, 20);
        assertThat(generator.generate(prompt, GREEDY)).isEqualTo(fresh(changed));
    }

    @Test
    void afterAChangeOfTheModelResetForgetsTheOldKeysAndValues() {
        long[] prompt = ids(10, 30);
        long[] base = generator.generate(prompt, GREEDY);
        try (LoraAdapter adapter =
                PeftAdapterFiles.load(ParityFixture.of("gqa_tied").folder().resolve("adapter"), decoder)) {
            adapter.attach();
            generator.reset();
            assertThat(generator.generate(prompt, GREEDY)).isEqualTo(fresh(prompt));
            adapter.detach();
        }
        generator.reset();
        assertThat(generator.generate(prompt, GREEDY)).isEqualTo(base);
    }

    @Test
    void aClosedGeneratorStartsAgain() {
        long[] prompt = ids(11, 30);
        long[] expected = generator.generate(prompt, GREEDY);
        generator.close();
        assertThat(generator.generate(prompt, GREEDY)).isEqualTo(expected);
    }

    @Test
    void aStopTokenEndsTheTextAndIsLeftOut() {
        long[] prompt = ids(12, 10);
        long[] endless = generator.generate(prompt, GREEDY);
        int stop = (int) endless[3];
        try (TextGenerator stopping = new TextGenerator(decoder, Set.of(stop))) {
            long[] text = stopping.generate(prompt, GREEDY);
            assertThat(text).doesNotContain(stop).isEqualTo(Arrays.copyOf(endless, text.length));
            assertThat(endless[text.length]).isEqualTo(stop);
        }
    }

    @Test
    void aStopTokenAtOnceGivesAnEmptyText() {
        long[] prompt = ids(12, 10);
        int first = (int) generator.generate(prompt, GREEDY)[0];
        try (TextGenerator stopping = new TextGenerator(decoder, Set.of(first))) {
            assertThat(stopping.generate(prompt, GREEDY)).isEmpty();
        }
    }

    @Test
    void asManyTokensAreGeneratedAsAskedFor() {
        long[] prompt = ids(13, 10);
        long[] six = generator.generate(prompt, GREEDY);
        assertThat(six).hasSize(6);
        assertThat(generator.generate(prompt, GenerationSettings.greedy(1))).containsExactly(six[0]);
        assertThat(generator.generate(prompt, GenerationSettings.greedy(0))).isEmpty();
        assertThat(generator.generate(prompt, GREEDY)).isEqualTo(six);
    }

    @Test
    void anEmptyPromptIsRefused() {
        assertThatThrownBy(() -> generator.generate(new long[0], GREEDY))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("prompt has no tokens");
        long[] prompt = ids(14, 10);
        assertThat(generator.generate(prompt, GREEDY)).isEqualTo(fresh(prompt));
    }

    @Test
    void temperatureZeroAndATinyNucleusAreGreedy() {
        long[] prompt = ids(15, 20);
        long[] greedy = generator.generate(prompt, GREEDY);
        assertThat(generator.generate(prompt, new GenerationSettings(0, 0.3, 6, 99)))
                .isEqualTo(greedy);
        assertThat(generator.generate(prompt, new GenerationSettings(1.5, 1e-9, 6, 99)))
                .isEqualTo(greedy);
    }

    @Test
    void theSeedDecidesWhatIsSampled() {
        long[] prompt = ids(16, 20);
        long[] one = generator.generate(prompt, new GenerationSettings(5, 1, 12, 1));
        assertThat(generator.generate(prompt, new GenerationSettings(5, 1, 12, 1)))
                .isEqualTo(one);
        assertThat(generator.generate(prompt, new GenerationSettings(5, 1, 12, 2)))
                .isNotEqualTo(one);
    }

    /** What a generator says that has seen nothing else. */
    private long[] fresh(long[] prompt) {
        try (TextGenerator other = new TextGenerator(decoder, Set.of())) {
            return other.generate(prompt, GREEDY);
        }
    }

    private static long[] ids(int seed, int count) {
        return new Random(seed).longs(count, 3, 99).toArray();
    }

    private static long[] join(long[] a, long[] b) {
        long[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
