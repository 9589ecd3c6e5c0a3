package org.sqltune.model.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.TextAdapter;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.PeftAdapterFiles;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/**
 * Whatever happens in a generator, in whatever order and with however little memory: each answer is that of its prompt alone, and
 * every page comes back.
 */
class BatchWorkloadTest {
    private static final Set<Integer> STOPS = Set.of(7, 11);
    private static final int LONGEST_PROMPT = 79;
    private static final int MOST_NEW = 24;

    private final Torch torch = Torch.cpu();

    @AfterEach
    void close() {
        torch.close();
    }

    private record Asked(long[] prompt, int adapter, GenerationSettings settings, Generation generation) {}

    @ParameterizedTest
    @CsvSource({"1, 8", "2, 8", "3, 9", "4, 12", "5, 16", "6, 24", "7, 40", "8, 80"})
    void answersAreThoseOfEachPromptAlone(long seed, int pages) {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32)) {
            List<LoraAdapter> adapters = adapters(decoder);
            assertAnswersAreThoseOfEachAlone(decoder, adapters, seed, pages);
            adapters.forEach(LoraAdapter::close);
        }
    }

    /** Windows, soft caps, parallel residuals, and frequencies that change as texts grow. */
    @ParameterizedTest
    @CsvSource({
        "gemma2, 9",
        "mistral_window, 9",
        "gpt_neox, 12",
        "phi3_longrope, 8",
        "phi3_longrope, 30",
        "llama_dynamic, 8",
        "llama_dynamic, 30"
    })
    void soTheyAreOfOtherFamilies(String fixture, int pages) {
        try (Decoder decoder = ParityFixture.of(fixture).decoder(torch, ElementType.FLOAT32)) {
            assertAnswersAreThoseOfEachAlone(decoder, List.of(), fixture.hashCode(), pages);
        }
    }

    private static List<LoraAdapter> adapters(Decoder decoder) {
        Path folder = ParityFixture.of("gqa_tied").folder();
        return List.of(
                PeftAdapterFiles.load(folder.resolve("adapter"), decoder),
                PeftAdapterFiles.load(
                        folder.resolve("../../adapters/rslora/adapter").normalize(), decoder));
    }

    private static void assertAnswersAreThoseOfEachAlone(
            Decoder decoder, List<LoraAdapter> adapters, long seed, int pages) {
        Random random = new Random(seed);
        List<Asked> asked = new ArrayList<>();
        try (BatchGenerator batch = new BatchGenerator(decoder, STOPS, 1 + random.nextInt(6), pages)) {
            List<long[]> schemas =
                    List.of(ids(random, decoder, 40), ids(random, decoder, 23), ids(random, decoder, 70));
            for (int i = 0; i < 40; i++) {
                asked.add(ask(batch, decoder, adapters, schemas, random));
                disturb(batch, adapters, asked, random);
                for (int steps = random.nextInt(3); steps > 0; steps--) {
                    step(batch, asked);
                }
            }
            while (batch.busy()) {
                step(batch, asked);
            }
            assertThat(batch.prefixStatistics().queries()).isLessThanOrEqualTo(asked.size());
            batch.forgetPrefixes();
            assertThat(batch.freePages()).isEqualTo(pages);
        }
        for (int i = 0; i < asked.size(); i++) {
            assertRight(decoder, adapters, asked.get(i), "prompt " + i);
        }
    }

    private static Asked ask(
            BatchGenerator batch, Decoder decoder, List<LoraAdapter> adapters, List<long[]> schemas, Random random) {
        long[] schema = schemas.get(random.nextInt(3));
        long[] prompt = random.nextInt(4) == 0
                ? ids(random, decoder, 1 + random.nextInt(LONGEST_PROMPT))
                : join(
                        Arrays.copyOf(schema, 1 + random.nextInt(schema.length)),
                        ids(random, decoder, random.nextInt(LONGEST_PROMPT - 70)));
        int adapter = random.nextInt(adapters.size() + 1) - 1;
        GenerationSettings settings =
                GenerationSettings.greedy(1 + random.nextInt(MOST_NEW)).withSpeculation(random.nextInt(2) * 4);
        Generation generation =
                batch.submit(prompt, ofTexts(adapters, adapter), settings, Optional.empty(), GenerationListener.NONE);
        return new Asked(prompt, adapter, settings, generation);
    }

    private static TextAdapter ofTexts(List<LoraAdapter> adapters, int adapter) {
        return adapter < 0 ? TextAdapter.NONE : adapters.get(adapter).forTexts("adapter " + adapter);
    }

    /** Somebody cancels, pins or unpins. */
    private static void disturb(BatchGenerator batch, List<LoraAdapter> adapters, List<Asked> asked, Random random) {
        Asked one = asked.get(random.nextInt(asked.size()));
        switch (random.nextInt(12)) {
            case 0 -> one.generation().cancel();
            case 1 ->
                batch.pin(Arrays.copyOf(one.prompt(), 1 + one.prompt().length / 2), ofTexts(adapters, one.adapter()));
            case 2 ->
                batch.unpin(Arrays.copyOf(one.prompt(), 1 + one.prompt().length / 2), ofTexts(adapters, one.adapter()));
            default -> {
                // Nothing this time.
            }
        }
    }

    /** A step, behind which nothing that was cancelled goes on. */
    private static void step(BatchGenerator batch, List<Asked> asked) {
        List<Generation> cancelled = asked.stream()
                .map(Asked::generation)
                .filter(Generation::cancelled)
                .toList();
        batch.step();
        assertThat(cancelled).allMatch(Generation::done);
    }

    private static void assertRight(Decoder decoder, List<LoraAdapter> adapters, Asked asked, String name) {
        if (asked.adapter() >= 0) {
            adapters.get(asked.adapter()).attach();
        }
        long[] expected;
        try (TextGenerator generator = new TextGenerator(decoder, STOPS)) {
            expected = generator.generate(asked.prompt(), asked.settings());
        }
        if (asked.adapter() >= 0) {
            adapters.get(asked.adapter()).detach();
        }
        long[] found = asked.generation().ids();
        if (asked.generation().end() == Generation.End.CANCELLED) {
            assertThat(found).as(name).isEqualTo(Arrays.copyOf(expected, found.length));
        } else {
            assertThat(found).as(name).isEqualTo(expected);
        }
    }

    @Test
    void aPinnedSchemaStaysWhileOthersComeAndGoAndGivesWayOnlyToATextThatNeedsAll() {
        Random random = new Random(1);
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 4, 10)) {
            long[] schema = ids(random, decoder, 50);
            answer(batch, schema);
            assertThat(batch.pin(schema, TextAdapter.NONE)).isTrue();
            for (int i = 0; i < 20; i++) {
                answer(batch, ids(random, decoder, 30));
            }
            assertThat(batch.prefixStatistics().evictions()).isPositive();
            assertThat(answer(batch, join(schema, 5, 6)).cachedTokens()).isEqualTo(50);
            assertThat(batch.prefixStatistics().pinnedTokens()).isEqualTo(50);
            Generation large = answer(batch, ids(random, decoder, 150));
            assertThat(large.ids()).hasSize(2);
            assertThat(batch.prefixStatistics().pinnedTokens()).isZero();
        }
    }

    @Test
    void aPromptThatWaitsForABeginningIsOvertakenAndOneThatWaitsForMemoryIsNot() {
        Random random = new Random(2);
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 3, 64)) {
            long[] schema = ids(random, decoder, 600);
            Generation first = submit(batch, join(schema, 1, 2));
            Generation waits = submit(batch, join(schema, 3, 4));
            Generation other = submit(batch, ids(random, decoder, 20));
            batch.step();
            assertThat(other.done()).as("the short one").isTrue();
            assertThat(first.done()).isFalse();
            batch.run();
            assertThat(waits.cachedTokens()).isEqualTo(600);
        }
    }

    private static Generation answer(BatchGenerator batch, long[] prompt) {
        Generation generation = submit(batch, prompt);
        batch.run();
        return generation;
    }

    private static Generation submit(BatchGenerator batch, long[] prompt) {
        return batch.submit(prompt, GenerationSettings.greedy(2), id -> {});
    }

    private static long[] ids(Random random, Decoder decoder, int count) {
        return random.longs(count, 0, decoder.config().vocabSize()).toArray();
    }

    private static long[] join(long[] a, long... b) {
        long[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }
}
