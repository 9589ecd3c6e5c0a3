package org.sqltune.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.KvCache;
import org.sqltune.model.decoder.KvPool;
import org.sqltune.model.decoder.PagedDecoder;
import org.sqltune.model.decoder.PagedDecoder.NewTokens;
import org.sqltune.model.decoder.PagedText;
import org.sqltune.model.decoder.TextAdapter;
import org.sqltune.model.generation.BatchGenerator;
import org.sqltune.model.generation.Generation;
import org.sqltune.model.generation.GenerationListener;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.parity.DecoderResults;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.quantization.PackedInt8Weight;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Parameter;

/** Texts of several adapters that are computed in one batch get what each adapter gives alone. */
class MixedAdaptersTest {
    private final Torch torch = Torch.cpu();

    @AfterEach
    void close() {
        torch.close();
    }

    /** LoRA on some layers, DoRA and a stabilised one on all of them. */
    private static List<LoraAdapter> adapters(Decoder decoder) {
        List<String> one = List.of(decoder.layer(0).projections().get(0).shape().moduleName());
        LoraConfig every = AdapterFixtures.EVERY_PROJECTION;
        return List.of(
                AdapterFixtures.random(decoder, new LoraConfig(4, 8, 0, one), 1),
                AdapterFixtures.random(decoder, every.withWeightDecomposed(true), 2),
                AdapterFixtures.random(decoder, every, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "gqa_tied, FLOAT32, 1e-5",
        "qwen2, FLOAT32, 1e-5",
        "phi3, FLOAT32, 1e-5",
        "gpt_neox, FLOAT32, 1e-5",
        "gemma2, FLOAT32, 1e-5",
        "gqa_tied, BFLOAT16, 0.05"
    })
    void scoresAreThoseOfEachAdapterAttachedAlone(String fixture, ElementType type, double tolerance) {
        Random random = new Random(fixture.hashCode());
        try (Decoder decoder = ParityFixture.of(fixture).decoder(torch, type);
                KvPool pool = decoder.newPool(64);
                PagedDecoder paged = decoder.paged()) {
            List<LoraAdapter> adapters = adapters(decoder);
            List<PagedText> texts = new ArrayList<>();
            List<long[]> contents = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                texts.add(pool.newText(ofText(adapters, i)));
                contents.add(new long[0]);
            }
            for (int step = 0; step < 6; step++) {
                List<Integer> chosen = new ArrayList<>();
                List<NewTokens> batch = new ArrayList<>();
                for (int i = 0; i < texts.size(); i++) {
                    if (random.nextInt(4) > 0) {
                        long[] more = ids(random, decoder, 1 + random.nextInt(step == 0 ? 12 : 2));
                        assertThat(texts.get(i).reserve(more.length)).isTrue();
                        contents.set(i, DecoderResults.concatenate(contents.get(i), more));
                        batch.add(new NewTokens(texts.get(i), more));
                        chosen.add(i);
                    }
                }
                float[][] scores = paged.next(pool, batch);
                for (int i = 0; i < chosen.size(); i++) {
                    int text = chosen.get(i);
                    float[] expected = alone(decoder, adapter(adapters, text), contents.get(text));
                    assertThat(relativeDifference(scores[i], expected))
                            .as("step %s, text %s", step, text)
                            .isCloseTo(0, within(tolerance));
                }
            }
            adapters.forEach(LoraAdapter::close);
        }
    }

    @Test
    void aBaseInEightBitsMixesThemToo() {
        assumeTheProcessorMultipliesInt8();
        Random random = new Random(5);
        try (LanguageModel model = LanguageModel.loadInInt8(
                        torch,
                        ParityFixture.of("tiny_llama_with_tokenizer").folder(),
                        ElementType.FLOAT32,
                        Quantization.NONE);
                KvPool pool = model.decoder().newPool(64);
                PagedDecoder paged = model.decoder().paged()) {
            Decoder decoder = model.decoder();
            List<LoraAdapter> adapters = adapters(decoder);
            List<NewTokens> batch = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                PagedText text = pool.newText(ofText(adapters, i));
                assertThat(text.reserve(9)).isTrue();
                batch.add(new NewTokens(text, ids(random, decoder, 9)));
            }
            float[][] scores = paged.next(pool, batch);
            for (int i = 0; i < 8; i++) {
                float[] expected =
                        alone(decoder, adapter(adapters, i), batch.get(i).ids());
                assertThat(relativeDifference(scores[i], expected))
                        .as("text %s", i)
                        .isCloseTo(0, within(0.01));
                float[] others =
                        alone(decoder, adapter(adapters, i + 1), batch.get(i).ids());
                assertThat(relativeDifference(scores[i], others))
                        .as("text %s", i)
                        .isGreaterThan(0.02);
            }
            adapters.forEach(LoraAdapter::close);
        }
    }

    /** Every fourth text is the base's, so that those of one adapter lie apart. */
    private static @Nullable LoraAdapter adapter(List<LoraAdapter> adapters, int text) {
        return text % 4 == 3 ? null : adapters.get(text % 4);
    }

    private static TextAdapter ofText(List<LoraAdapter> adapters, int text) {
        LoraAdapter adapter = adapter(adapters, text);
        return adapter == null ? TextAdapter.NONE : adapter.forTexts("adapter " + text % 4);
    }

    private static float[] alone(Decoder decoder, @Nullable LoraAdapter adapter, long[] ids) {
        if (adapter != null) {
            adapter.attach();
        }
        try (KvCache cache = decoder.newCache(ids.length)) {
            return decoder.next(cache, ids);
        } finally {
            if (adapter != null) {
                adapter.detach();
            }
        }
    }

    private static double relativeDifference(float[] found, float[] expected) {
        double scale = 1;
        for (float each : expected) {
            scale = Math.max(scale, Math.abs(each));
        }
        return DecoderResults.largestDifference(found, expected) / scale;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void answersOfAMixedBatchAreThoseOfEachAlone(long seed) {
        Random random = new Random(seed);
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32)) {
            List<LoraAdapter> adapters = adapters(decoder);
            List<long[]> prompts = new ArrayList<>();
            List<Generation> answers = new ArrayList<>();
            long[] schema = ids(random, decoder, 40);
            try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(7, 11), 1 + random.nextInt(8), 48)) {
                for (int i = 0; i < 24; i++) {
                    long[] prompt = DecoderResults.concatenate(
                            Arrays.copyOf(schema, 1 + random.nextInt(40)), ids(random, decoder, 1 + random.nextInt(9)));
                    prompts.add(prompt);
                    answers.add(batch.submit(
                            prompt, ofText(adapters, i), settings(prompt), Optional.empty(), GenerationListener.NONE));
                    for (int steps = random.nextInt(3); steps > 0; steps--) {
                        batch.step();
                    }
                }
                batch.run();
                assertThat(batch.prefixStatistics().hitTokens()).isPositive();
            }
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(answers.get(i).ids())
                        .as("prompt %s", i)
                        .isEqualTo(answer(decoder, adapter(adapters, i), prompts.get(i)));
            }
            adapters.forEach(LoraAdapter::close);
        }
    }

    private static long[] answer(Decoder decoder, @Nullable LoraAdapter adapter, long[] prompt) {
        if (adapter != null) {
            adapter.attach();
        }
        try (TextGenerator generator = new TextGenerator(decoder, Set.of(7, 11))) {
            return generator.generate(prompt, settings(prompt));
        } finally {
            if (adapter != null) {
                adapter.detach();
            }
        }
    }

    private static GenerationSettings settings(long[] prompt) {
        return GenerationSettings.greedy(1 + prompt.length % 13);
    }

    @ParameterizedTest
    @EnumSource(
            value = Quantization.class,
            names = {"NF4", "INT8"})
    void soTheyAreOverAQuantisedBase(Quantization quantization) {
        Path folder = ParityFixture.of("tiny_llama_with_tokenizer").folder();
        try (LanguageModel model = LanguageModel.load(torch, folder, ElementType.FLOAT32, quantization)) {
            assertMixedIsAlone(model.decoder());
        }
    }

    @Test
    void soTheyAreOverABaseThatComputesIn8Bits() {
        assumeTheProcessorMultipliesInt8();
        Path folder = ParityFixture.of("tiny_llama_with_tokenizer").folder();
        try (LanguageModel model = LanguageModel.loadInInt8(torch, folder, ElementType.FLOAT32, Quantization.NONE)) {
            assertMixedIsAlone(model.decoder());
        }
    }

    private void assumeTheProcessorMultipliesInt8() {
        assumeThat(PackedInt8Weight.isSupported(torch))
                .as(
                        "products of 8-bit integers need x86-64 with AVX2; QuantizedModelTest checks that others go without")
                .isTrue();
    }

    private static void assertMixedIsAlone(Decoder decoder) {
        Random random = new Random(1);
        List<LoraAdapter> adapters = adapters(decoder);
        List<long[]> prompts = new ArrayList<>();
        List<Generation> answers = new ArrayList<>();
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(7, 11), 4, 48)) {
            for (int i = 0; i < 8; i++) {
                long[] prompt = ids(random, decoder, 5 + i);
                prompts.add(prompt);
                answers.add(batch.submit(
                        prompt, ofText(adapters, i), settings(prompt), Optional.empty(), GenerationListener.NONE));
            }
            batch.run();
        }
        for (int i = 0; i < prompts.size(); i++) {
            assertThat(answers.get(i).ids())
                    .as("prompt %s", i)
                    .isEqualTo(answer(decoder, adapter(adapters, i), prompts.get(i)));
        }
        adapters.forEach(LoraAdapter::close);
    }

    @Test
    void anAdapterThatOverflowsSpoilsNobodyElsesText() {
        Random random = new Random(2);
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                KvPool pool = decoder.newPool(16);
                PagedDecoder paged = decoder.paged();
                LoraAdapter broken = AdapterFixtures.random(decoder, AdapterFixtures.QUERY_AND_VALUE, 1);
                LoraAdapter sound = AdapterFixtures.random(decoder, AdapterFixtures.QUERY_AND_VALUE, 2);
                TensorScope scope = torch.scope()) {
            for (Parameter parameter : broken.all()) {
                float[] huge = new float[(int) parameter.master().count()];
                Arrays.fill(huge, 3e38f);
                torch.assign(
                        parameter.master(),
                        scope.floats(huge, parameter.master().shape()));
                parameter.refresh(torch);
            }
            long[] ids = ids(random, decoder, 9);
            List<NewTokens> batch = new ArrayList<>();
            for (TextAdapter each : List.of(TextAdapter.NONE, broken.forTexts("broken"), sound.forTexts("sound"))) {
                PagedText text = pool.newText(each);
                assertThat(text.reserve(9)).isTrue();
                batch.add(new NewTokens(text, ids));
            }
            float[][] scores = paged.next(pool, batch);
            assertThat(scores[1]).contains(Float.NaN);
            assertThat(relativeDifference(scores[0], alone(decoder, null, ids))).isLessThan(1e-5);
            assertThat(relativeDifference(scores[2], alone(decoder, sound, ids)))
                    .isLessThan(1e-5);
        }
    }

    @Test
    void adaptersThatNobodyNeedsMakeWayAndComeBack() {
        Random random = new Random(3);
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 2, 48)) {
            List<LoraAdapter> adapters = adapters(decoder);
            long[] prompt = ids(random, decoder, 10);
            List<long[]> expected = adapters.stream()
                    .map(each -> answer(decoder, each, prompt, 4))
                    .toList();
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < adapters.size(); i++) {
                    Generation generation = batch.submit(
                            prompt,
                            adapters.get(i).forTexts("adapter " + i),
                            GenerationSettings.greedy(4),
                            Optional.empty(),
                            GenerationListener.NONE);
                    batch.run();
                    assertThat(generation.ids()).isEqualTo(expected.get(i));
                    // As long as it takes until an adapter counts as idle.
                    batch.submit(ids(random, decoder, 3), GenerationSettings.greedy(300), id -> {});
                    batch.run();
                }
            }
            adapters.forEach(LoraAdapter::close);
        }
    }

    @Test
    void anAdapterIsForgottenBetweenTwoTextsAndItsNumberGivenToAnother() {
        Random random = new Random(3);
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 4, 48)) {
            long[] prompt = ids(random, decoder, 20);
            long[] ofBase = answer(decoder, null, prompt, 30);
            int alive = -1;
            for (int round = 0; round < 5; round++) {
                LoraAdapter adapter = AdapterFixtures.random(decoder, AdapterFixtures.QUERY_AND_VALUE, round);
                TextAdapter ofTexts = adapter.forTexts("adapter " + round);
                long[] expected = answer(decoder, adapter, prompt, 3);
                Generation base = batch.submit(prompt, GenerationSettings.greedy(30), id -> {});
                Generation generation = batch.submit(
                        prompt, ofTexts, GenerationSettings.greedy(3), Optional.empty(), GenerationListener.NONE);
                batch.step();
                assertThatThrownBy(() -> batch.forget(ofTexts))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("adapter " + round);
                while (!generation.done()) {
                    batch.step();
                }
                assertThat(generation.cachedTokens()).as("of another adapter").isZero();
                assertThat(generation.ids()).isEqualTo(expected);
                batch.forget(ofTexts);
                adapter.close();
                assertThat(base.done()).isFalse();
                batch.run();
                assertThat(base.ids()).isEqualTo(ofBase);
                assertThat(alive).isIn(-1, torch.root().aliveCount());
                alive = torch.root().aliveCount();
            }
        }
    }

    private static long[] answer(Decoder decoder, @Nullable LoraAdapter adapter, long[] prompt, int tokens) {
        if (adapter != null) {
            adapter.attach();
        }
        try (TextGenerator generator = new TextGenerator(decoder, Set.of())) {
            return generator.generate(prompt, GenerationSettings.greedy(tokens));
        } finally {
            if (adapter != null) {
                adapter.detach();
            }
        }
    }

    @Test
    void whatIsAttachedAndWhatTextsHaveDontMix() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 4, 48);
                LoraAdapter attached = AdapterFixtures.random(decoder, AdapterFixtures.QUERY_AND_VALUE, 1);
                LoraAdapter other = AdapterFixtures.random(decoder, AdapterFixtures.QUERY_AND_VALUE, 2)) {
            attached.attach();
            batch.submit(
                    new long[] {1, 2, 3},
                    other.forTexts("other"),
                    GenerationSettings.greedy(3),
                    Optional.empty(),
                    GenerationListener.NONE);
            assertThatThrownBy(batch::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("detach it");
            batch.abandon();
            attached.detach();
        }
    }

    @Test
    void anAdapterThatReplacesWeightsIsRefused() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = AdapterFixtures.random(
                        decoder, AdapterFixtures.QUERY_AND_VALUE, LoraInitialization.of("pissa"), 1)) {
            assertThatThrownBy(() -> adapter.forTexts("learning"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("adapter learning", "PiSSA", "save it and load it again");
        }
    }

    private static long[] ids(Random random, Decoder decoder, int count) {
        return random.longs(count, 0, decoder.config().vocabSize()).toArray();
    }
}
