package org.sqltune.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.KvPool;
import org.sqltune.model.parity.DecoderResults;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** Sampling, beams, constraints and proposals, each prompt with settings of its own, give what each prompt alone gets. */
class MixedBatchTest {
    private static final Set<Integer> STOP_IDS = Set.of(7, 11);

    private final Torch torch = Torch.cpu();
    private Decoder decoder;
    private BatchOfOne alone;

    @BeforeEach
    void load() {
        decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
        alone = new BatchOfOne(decoder, STOP_IDS);
    }

    @AfterEach
    void close() {
        decoder.close();
        torch.close();
    }

    private record Asked(long[] prompt, GenerationSettings settings, Optional<TokenConstraint> constraint) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyPromptGetsWhatItGetsAlone(long seed) {
        Random random = new Random(seed);
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            asked.add(ask(random));
        }
        int pages = 120;
        try (BatchGenerator batch = new BatchGenerator(decoder, STOP_IDS, 1 + random.nextInt(12), pages)) {
            List<Generation> generations = new ArrayList<>();
            for (Asked each : asked) {
                generations.add(
                        batch.submit(each.prompt(), each.settings(), each.constraint(), GenerationListener.NONE));
                for (int steps = random.nextInt(3); steps > 0; steps--) {
                    batch.step();
                }
            }
            batch.run();
            for (int i = 0; i < asked.size(); i++) {
                Asked each = asked.get(i);
                assertSame(
                        generations.get(i).results(),
                        alone.results(
                                each.prompt(),
                                each.settings(),
                                each.constraint().orElse(null)));
            }
            batch.forgetPrefixes();
            assertThat(batch.freePages()).isEqualTo(pages);
        }
    }

    private Asked ask(Random random) {
        long[] prompt = ids(random, 3 + random.nextInt(40));
        if (random.nextBoolean()) {
            prompt = DecoderResults.concatenate(prompt, prompt);
        }
        Sampling sampling = switch (random.nextInt(3)) {
            case 0 -> Sampling.GREEDY;
            case 1 -> new Sampling(0, 1, 0, 0, 1.2, 0);
            default -> new Sampling(1.3, 0.95, 50, 0.01, 1.1, random.nextLong());
        };
        GenerationSettings settings = new GenerationSettings(sampling, 1 + random.nextInt(20))
                .withSpeculation(random.nextBoolean() ? 0 : 1 + random.nextInt(8));
        int width = 1 + random.nextInt(3);
        settings = sampling.greedy() ? settings.withBeams(width, 1) : settings.withN(width);
        if (random.nextInt(3) == 0) {
            settings = settings.withLogprobs(random.nextInt(4));
        }
        Optional<TokenConstraint> constraint =
                random.nextInt(3) == 0 ? Optional.of(TrieConstraint.of(sequences(random))) : Optional.empty();
        return new Asked(prompt, settings, constraint);
    }

    private List<long[]> sequences(Random random) {
        List<long[]> sequences = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            long[] all = random.longs(1 + random.nextInt(12), 12, 40).toArray();
            sequences.add(all);
        }
        sequences.add(new long[] {50});
        return sequences;
    }

    private static void assertSame(List<GeneratedText> found, List<GeneratedText> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).ids())
                    .as("text %s", i)
                    .isEqualTo(expected.get(i).ids());
            assertThat(found.get(i).end()).isEqualTo(expected.get(i).end());
            assertThat(found.get(i).score().isPresent())
                    .isEqualTo(expected.get(i).score().isPresent());
            assertThat(found.get(i).score().orElse(0))
                    .isCloseTo(expected.get(i).score().orElse(0), within(1e-3));
            assertThat(found.get(i).tokens()).hasSameSizeAs(expected.get(i).tokens());
        }
    }

    @Test
    void samplesOfOnePromptShareItsPagesAndHaveSeedsOfTheirOwn() {
        long[] prompt = ids(new Random(5), 8 * KvPool.PAGE);
        GenerationSettings one = new GenerationSettings(1.5, 1, 10, 42);
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 8, 40)) {
            Generation generation = batch.submit(prompt, one.withN(6), id -> {});
            batch.step();
            batch.step();
            assertThat(40 - batch.freePages()).isLessThanOrEqualTo(8 + 6 * 2);
            batch.run();
            List<GeneratedText> samples = generation.results();
            assertThat(samples).hasSize(6);
            assertThat(samples.stream().map(each -> Arrays.toString(each.ids())).distinct())
                    .hasSize(6);
            assertThat(samples.get(0).ids()).isEqualTo(new BatchOfOne(decoder, Set.of()).ids(prompt, one));
        }
    }

    @Test
    void whatDoesntFitWaitsUntilItDoes() {
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 64, 24)) {
            List<Generation> generations = new ArrayList<>();
            Random random = new Random(6);
            for (int i = 0; i < 12; i++) {
                GenerationSettings settings = GenerationSettings.greedy(20).withBeams(4, 1);
                generations.add(batch.submit(ids(random, 40), settings, id -> {}));
            }
            batch.run();
            assertThat(generations).allSatisfy(each -> assertThat(each.done()).isTrue());
            batch.forgetPrefixes();
            assertThat(batch.freePages()).isEqualTo(24);
        }
    }

    @Test
    void cancelledBeamsAndSamplesGiveTheirPagesBackAtOnce() {
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 64, 64)) {
            Generation beams = batch.submit(
                    ids(new Random(7), 30), GenerationSettings.greedy(50).withBeams(4, 1), id -> {});
            Generation samples =
                    batch.submit(ids(new Random(8), 30), new GenerationSettings(1, 1, 50, 3).withN(4), id -> {});
            for (int i = 0; i < 6; i++) {
                batch.step();
            }
            beams.cancel();
            samples.cancel();
            batch.step();
            assertThat(beams.end()).isEqualTo(Generation.End.CANCELLED);
            assertThat(samples.results()).hasSize(4);
            batch.forgetPrefixes();
            assertThat(batch.freePages()).isEqualTo(64);
        }
    }

    @Test
    void textsWhoseRotaryFrequenciesChangeAreComputedAgainAndGoOn() {
        try (Decoder longer = ParityFixture.of("phi3_longrope").decoder(torch, ElementType.FLOAT32);
                BatchGenerator batch = new BatchGenerator(longer, Set.of(), 8, 64)) {
            long[] prompt = ids(new Random(9), 10);
            GenerationSettings settings = new GenerationSettings(1, 1, 60, 1);
            Generation one = batch.submit(prompt, settings.withSpeculation(4), id -> {});
            Generation many = batch.submit(prompt, settings.withN(3), id -> {});
            Generation beams =
                    batch.submit(prompt, GenerationSettings.greedy(60).withBeams(3, 1), id -> {});
            batch.run();
            try (TextGenerator contiguous = new TextGenerator(longer, Set.of())) {
                assertThat(one.ids()).isEqualTo(contiguous.generate(prompt, settings));
            }
            assertThat(many.results().get(0).ids()).isEqualTo(one.ids());
            assertThat(beams.ids()).hasSize(60);
            batch.forgetPrefixes();
            assertThat(batch.freePages()).isEqualTo(64);
        }
    }

    private static long[] ids(Random random, int count) {
        return random.longs(count, 12, 60).toArray();
    }
}
