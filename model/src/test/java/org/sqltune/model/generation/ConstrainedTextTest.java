package org.sqltune.model.generation;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.sqltune.model.generation.Generation.End;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

class ConstrainedTextTest {
    private static final Set<Integer> STOP_IDS = Set.of(7, 11);
    private static final long[] PROMPT = {20, 21, 22, 23, 24, 25};

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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsGeneratedIsAllowedHoweverItIsDecoded(long seed) {
        List<long[]> sequences = sequences(new Random(seed));
        List<String> allowed = sequences.stream().map(Arrays::toString).toList();
        GenerationSettings greedy = GenerationSettings.greedy(30);
        for (GenerationSettings settings : List.of(
                greedy,
                greedy.withSpeculation(5),
                greedy.withBeams(4, 1).withN(4),
                new GenerationSettings(1.5, 0.9, 30, seed).withN(4),
                new GenerationSettings(new Sampling(1, 1, 3, 0, 1.5, seed), 30).withSpeculation(3))) {
            List<GeneratedText> results = alone.results(PROMPT, settings, TrieConstraint.of(sequences));
            assertThat(results).isNotEmpty().allSatisfy(each -> {
                assertThat(allowed).contains(Arrays.toString(each.ids()));
                assertThat(each.end()).isEqualTo(End.STOP);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void forcedTokensChangeNothing(long seed) {
        List<long[]> sequences = sequences(new Random(seed));
        for (GenerationSettings settings : List.of(
                GenerationSettings.greedy(30).withLogprobs(2),
                GenerationSettings.greedy(30).withSpeculation(4),
                new GenerationSettings(2, 1, 30, seed).withN(3).withLogprobs(0))) {
            List<GeneratedText> forced = alone.results(PROMPT, settings, TrieConstraint.of(sequences));
            List<GeneratedText> oneByOne =
                    alone.results(PROMPT, settings, TrieConstraint.of(sequences).withoutForcing());
            for (int i = 0; i < forced.size(); i++) {
                assertThat(forced.get(i).ids()).isEqualTo(oneByOne.get(i).ids());
                assertThat(logprobs(forced.get(i))).isEqualTo(logprobs(oneByOne.get(i)));
            }
        }
    }

    private static List<String> logprobs(GeneratedText text) {
        return text.tokens().stream()
                .map(each -> String.format("%d %.3f", each.token(), each.logprob()))
                .toList();
    }

    @Test
    void forcedTokensAreComputedInOnePass() {
        long[] only = new Random(1).longs(40, 12, 60).toArray();
        assertThat(steps(TrieConstraint.of(List.of(only)))).isLessThan(5);
        assertThat(steps(TrieConstraint.of(List.of(only)).withoutForcing())).isGreaterThan(39);
    }

    private int steps(TokenConstraint constraint) {
        int steps = 0;
        try (BatchGenerator batch = new BatchGenerator(decoder, STOP_IDS, 1, 64)) {
            batch.submit(PROMPT, GenerationSettings.greedy(60), Optional.of(constraint), GenerationListener.NONE);
            while (batch.busy()) {
                batch.step();
                steps++;
            }
        }
        return steps;
    }

    @Test
    void nearTheLimitOnlyWhatStillFitsIsAllowed() {
        List<long[]> sequences =
                List.of(new long[] {30, 31, 32, 33, 34, 35}, new long[] {30, 40}, new long[] {50, 51, 52});
        for (GenerationSettings settings : List.of(
                GenerationSettings.greedy(3), GenerationSettings.greedy(3).withBeams(3, 1))) {
            GeneratedText found = alone.results(PROMPT, settings, TrieConstraint.of(sequences))
                    .get(0);
            assertThat(found.ids().length).isLessThanOrEqualTo(3);
            assertThat(sequences).anySatisfy(each -> assertThat(each).isEqualTo(found.ids()));
        }
    }

    @Test
    void whereNothingIsAllowedTheTextEndsWithThatReason() {
        for (GenerationSettings settings : List.of(
                GenerationSettings.greedy(30),
                GenerationSettings.greedy(30).withBeams(3, 1),
                new GenerationSettings(1, 1, 30, 4).withN(2))) {
            List<GeneratedText> results = alone.results(PROMPT, settings, TrieConstraint.deadEndBehind(30, 31, 32));
            assertThat(results).isNotEmpty().allSatisfy(each -> {
                assertThat(each.end()).isEqualTo(End.CONSTRAINT);
                assertThat(each.ids()).containsExactly(30, 31, 32);
            });
        }
    }

    @Test
    void aTextThatTheModelWouldEndIsEndedTheShortestWay() {
        GenerationSettings greedy = GenerationSettings.greedy(30);
        // The model's own choice becomes the token that ends texts, and the constraint wants others first.
        int best = (int) alone.ids(PROMPT, greedy)[0];
        TrieConstraint constraint = TrieConstraint.of(
                        List.of(new long[] {100, 101, 102}, new long[] {120, 121, 122, 123, 124}))
                .endingSoon();
        GeneratedText found = new BatchOfOne(decoder, Set.of(best))
                .results(PROMPT, greedy, constraint)
                .get(0);
        assertThat(found.ids()).containsExactly(100, 101, 102);
        assertThat(found.end()).isEqualTo(End.STOP);
    }

    @Test
    void withoutStopTokensATextEndsWhereNothingButTheEndIsAllowed() {
        for (GenerationSettings settings : List.of(
                GenerationSettings.greedy(30), GenerationSettings.greedy(30).withBeams(2, 1))) {
            GeneratedText found = new BatchOfOne(decoder, Set.of())
                    .results(PROMPT, settings, TrieConstraint.of(List.of(new long[] {30, 31})))
                    .get(0);
            assertThat(found.ids()).containsExactly(30, 31);
            assertThat(found.end()).isEqualTo(End.STOP);
        }
    }

    @Test
    void aConstraintThatFailsEndsItsOwnTextAlone() {
        long[] other = {30, 31, 32, 33};
        for (GenerationSettings settings : List.of(
                GenerationSettings.greedy(20),
                GenerationSettings.greedy(20).withBeams(3, 1),
                new GenerationSettings(1, 1, 20, 1).withN(3))) {
            try (BatchGenerator batch = new BatchGenerator(decoder, STOP_IDS, 8, 64)) {
                Generation failing =
                        batch.submit(PROMPT, settings, Optional.of(new Failing()), GenerationListener.NONE);
                Generation beside = batch.submit(other, GenerationSettings.greedy(20), id -> {});
                batch.run();
                assertThat(failing.end()).isEqualTo(End.FAILED);
                assertThat(failing.failure().orElseThrow()).hasMessage("the schema is gone");
                assertThat(beside.ids()).isEqualTo(alone.ids(other, GenerationSettings.greedy(20)));
                batch.forgetPrefixes();
                assertThat(batch.freePages()).isEqualTo(64);
            }
        }
    }

    /** Allows every token, and takes none. */
    private record Failing() implements TokenConstraint {
        @Override
        public long[] allowed(int tokensLeft) {
            return new long[] {-1, -1};
        }

        @Override
        public boolean mayEnd() {
            return false;
        }

        @Override
        public void advance(int token) {
            throw new IllegalStateException("the schema is gone");
        }

        @Override
        public int[] forced() {
            return new int[0];
        }

        @Override
        public TokenConstraint copy() {
            return this;
        }
    }

    private static List<long[]> sequences(Random random) {
        List<long[]> sequences = new ArrayList<>();
        long[] beginning = random.longs(5, 12, 60).toArray();
        for (int i = 0; i < 10; i++) {
            long[] all = random.longs(6 + random.nextInt(10), 12, 60).toArray();
            System.arraycopy(beginning, 0, all, 0, random.nextInt(6));
            sequences.add(all);
        }
        return sequences;
    }
}
