package org.sqltune.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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

/** A batch's answers are those of each prompt alone. */
class BatchGeneratorTest {
    private final Torch torch = Torch.cpu();
    private Decoder decoder;

    @BeforeEach
    void load() {
        decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
    }

    @AfterEach
    void close() {
        decoder.close();
        torch.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void textsThatJoinAndLeaveInAnyOrderAreThoseOfEachAlone(long seed) {
        Random random = new Random(seed);
        List<long[]> prompts = prompts(random, 24);
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(7, 11), 1 + random.nextInt(6), 40)) {
            List<Generation> generations = new ArrayList<>();
            for (long[] prompt : prompts) {
                generations.add(batch.submit(prompt, settings(prompt), id -> {}));
                for (int steps = random.nextInt(3); steps > 0; steps--) {
                    batch.step();
                }
            }
            batch.run();
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(generations.get(i).ids()).as("prompt %s", i).isEqualTo(alone(prompts.get(i)));
            }
        }
    }

    @Test
    void aSecondThreadIsRefusedWhileTheFirstComputes() {
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 2, 24)) {
            List<Throwable> refused = new ArrayList<>();
            batch.submit(
                    ids(new Random(1), 8),
                    GenerationSettings.greedy(2),
                    id -> CompletableFuture.runAsync(batch::step)
                            .handle((nothing, failure) -> refused.add(failure.getCause()))
                            .join());
            batch.run();
            assertThat(refused)
                    .hasSize(2)
                    .allSatisfy(failure -> assertThat(failure)
                            .isInstanceOf(SqlTuneException.class)
                            .hasMessageContaining("A BatchGenerator is for one thread at a time"));
        }
    }

    @Test
    void aSharedBeginningIsComputedOnce() {
        Random random = new Random(1);
        long[] schema = ids(random, 60);
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 8, 64)) {
            List<Generation> generations = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                generations.add(batch.submit(join(schema, ids(random, 8)), GenerationSettings.greedy(4), id -> {}));
            }
            batch.run();
            assertThat(generations.get(0).cachedTokens()).isZero();
            assertThat(generations.subList(1, 6))
                    .allSatisfy(each -> assertThat(each.cachedTokens()).isGreaterThanOrEqualTo(60));
        }
    }

    @Test
    void memoryIsFlatHoweverManyTextsComeAndGo() {
        Random random = new Random(2);
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 4, 24)) {
            for (int i = 0; i < 200; i++) {
                batch.submit(ids(random, 1 + random.nextInt(60)), GenerationSettings.greedy(3), id -> {});
            }
            batch.run();
            assertThat(batch.busy()).isFalse();
            batch.forgetPrefixes();
            assertThat(batch.freePages()).isEqualTo(24);
        }
    }

    @Test
    void aCancelledTextEndsBeforeItsNextTokenAndDisturbsNobody() {
        Random random = new Random(3);
        long[] first = ids(random, 30);
        long[] second = ids(random, 30);
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(7, 11), 4, 64)) {
            Generation cancelled = batch.submit(first, GenerationSettings.greedy(50), id -> {});
            Generation other = batch.submit(second, settings(second), id -> {});
            batch.step();
            int before = cancelled.ids().length;
            cancelled.cancel();
            batch.step();
            assertThat(cancelled.end()).isEqualTo(Generation.End.CANCELLED);
            assertThat(cancelled.ids()).hasSize(before);
            batch.run();
            assertThat(other.ids()).isEqualTo(alone(second));
            batch.forgetPrefixes();
            assertThat(batch.freePages()).isEqualTo(64);
        }
    }

    @Test
    void aListenerMayEndTheTextWithTheTokenItIsTold() {
        List<Generation> generations = new ArrayList<>();
        List<Integer> told = new ArrayList<>();
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 4, 64)) {
            generations.add(batch.submit(ids(new Random(10), 20), GenerationSettings.greedy(50), id -> {
                told.add(id);
                generations.get(0).cancel();
            }));
            batch.run();
            assertThat(told).hasSize(1);
            assertThat(generations.get(0).ids()).hasSize(1);
        }
    }

    @Test
    void aLongPromptIsCancelledBetweenItsPieces() {
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 4, 128)) {
            Generation generation = batch.submit(ids(new Random(4), 1600), GenerationSettings.greedy(50), id -> {});
            batch.step();
            generation.cancel();
            batch.step();
            assertThat(generation.end()).isEqualTo(Generation.End.CANCELLED);
            assertThat(generation.ids()).isEmpty();
            assertThat(batch.busy()).isFalse();
        }
    }

    @Test
    void whileALongPromptIsReadInPiecesRunningTextsGoOnAndTheListenerIsToldHowFarItIs() {
        List<String> read = new ArrayList<>();
        GenerationListener listener = new GenerationListener() {
            @Override
            public void prompt(int computed, int all) {
                read.add(computed + "/" + all);
            }

            @Override
            public boolean token(int text, int id) {
                return true;
            }
        };
        long[] prompt = ids(new Random(4), 1600);
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 4, 256)) {
            Generation running = batch.submit(ids(new Random(5), 20), GenerationSettings.greedy(50), id -> {});
            batch.step();
            Generation reading = batch.submit(prompt, GenerationSettings.greedy(2), Optional.empty(), listener);
            int before = running.ids().length;
            for (int step = 1; reading.ids().length == 0; step++) {
                batch.step();
                assertThat(running.ids()).hasSize(before + step);
            }
            assertThat(read).containsExactly("512/1600", "1024/1600", "1536/1600", "1600/1600");
            batch.run();
            read.clear();
            Generation again = batch.submit(prompt, GenerationSettings.greedy(2), Optional.empty(), listener);
            batch.run();
            assertThat(again.ids()).isEqualTo(reading.ids());
            assertThat(read).containsExactly("1600/1600");
        }
    }

    @Test
    void aPromptThatCanNeverFitIsRefusedAtOnce() {
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 4, 2)) {
            assertThatThrownBy(() -> batch.submit(new long[30], GenerationSettings.greedy(3), id -> {}))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("30 tokens and 3 new ones")
                    .hasMessageContaining("inference.kv_cache_bytes");
            assertThatThrownBy(() -> batch.submit(new long[0], GenerationSettings.greedy(3), id -> {}))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("no tokens");
        }
    }

    @Test
    void theListenerIsToldEachTokenAsItIsChosen() {
        List<Integer> told = new ArrayList<>();
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 4, 16)) {
            Generation generation = batch.submit(ids(new Random(5), 9), GenerationSettings.greedy(6), told::add);
            batch.step();
            assertThat(told).hasSize(generation.ids().length).isNotEmpty();
            batch.run();
            assertThat(told.stream().mapToLong(Integer::longValue).toArray()).isEqualTo(generation.ids());
            assertThat(generation.end()).isEqualTo(Generation.End.LENGTH);
        }
    }

    @Test
    void anotherAdapterForgetsWhatWasKept() {
        long[] prompt = ids(new Random(6), 30);
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 4, 16)) {
            batch.submit(prompt, GenerationSettings.greedy(4), id -> {});
            batch.run();
            try (LoraAdapter adapter =
                    PeftAdapterFiles.load(ParityFixture.of("gqa_tied").folder().resolve("adapter"), decoder)) {
                adapter.attach();
                Generation generation = batch.submit(prompt, GenerationSettings.greedy(4), id -> {});
                batch.run();
                assertThat(generation.cachedTokens()).isZero();
                adapter.detach();
            }
        }
    }

    @Test
    void samplesDependOnTheirSeedAloneAndNotOnTheirNeighbours() {
        long[] prompt = ids(new Random(7), 12);
        GenerationSettings sampled = new GenerationSettings(1.5, 0.9, 10, 42);
        long[] alone;
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 4, 32)) {
            Generation generation = batch.submit(prompt, sampled, id -> {});
            batch.run();
            alone = generation.ids();
        }
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 4, 64)) {
            batch.submit(ids(new Random(8), 20), new GenerationSettings(1.5, 0.9, 10, 7), id -> {});
            Generation generation = batch.submit(prompt, sampled, id -> {});
            batch.submit(ids(new Random(9), 20), new GenerationSettings(1.5, 0.9, 10, 8), id -> {});
            batch.run();
            assertThat(generation.ids()).isEqualTo(alone);
        }
    }

    /** Prompts of a few schemas, some alike, some alone. */
    private List<long[]> prompts(Random random, int count) {
        List<long[]> schemas = List.of(ids(random, 40), ids(random, 23), ids(random, 70));
        List<long[]> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long[] schema = schemas.get(random.nextInt(3));
            prompts.add(
                    random.nextInt(4) == 0
                            ? ids(random, 1 + random.nextInt(50))
                            : join(
                                    Arrays.copyOf(schema, 1 + random.nextInt(schema.length)),
                                    ids(random, random.nextInt(9))));
        }
        return prompts;
    }

    private static GenerationSettings settings(long[] prompt) {
        return GenerationSettings.greedy(1 + prompt.length % 17);
    }

    private long[] alone(long[] prompt) {
        try (TextGenerator generator = new TextGenerator(decoder, Set.of(7, 11))) {
            return generator.generate(prompt, settings(prompt));
        }
    }

    private long[] ids(Random random, int count) {
        return random.longs(count, 0, decoder.config().vocabSize()).toArray();
    }

    private static long[] join(long[] a, long... b) {
        long[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }
}
