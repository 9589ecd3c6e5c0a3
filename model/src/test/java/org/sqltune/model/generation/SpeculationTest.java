package org.sqltune.model.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.parity.DecoderResults;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** Proposals make answers faster and never other ones. */
class SpeculationTest {
    private static final Set<Integer> STOP_IDS = Set.of(7, 11);

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
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void idsAreThoseOfPlainDecodingWhateverIsProposed(long seed) {
        Random random = new Random(seed);
        BatchOfOne alone = new BatchOfOne(decoder, STOP_IDS);
        List<long[]> prompts = new ArrayList<>();
        List<GenerationSettings> plain = new ArrayList<>();
        try (BatchGenerator batch = new BatchGenerator(decoder, STOP_IDS, 1 + random.nextInt(6), 128)) {
            List<Generation> generations = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                prompts.add(repetitive(random));
                int most = 1 + random.nextInt(40);
                plain.add(
                        random.nextBoolean()
                                ? GenerationSettings.greedy(most)
                                : new GenerationSettings(0.3, 0.9, most, random.nextLong()));
                GenerationSettings speculating = plain.get(i).withSpeculation(1 + random.nextInt(10));
                generations.add(batch.submit(prompts.get(i), speculating, id -> {}));
            }
            batch.run();
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(generations.get(i).ids())
                        .as("prompt %s", i)
                        .isEqualTo(alone.ids(prompts.get(i), plain.get(i)));
                assertThat(generations.get(i).acceptedTokens())
                        .isBetween(0, generations.get(i).proposedTokens());
            }
            assertThat(generations.stream().mapToInt(Generation::acceptedTokens).sum())
                    .isPositive();
        }
    }

    /** What the model itself would say stands in it, so that some proposals are right. */
    private long[] repetitive(Random random) {
        long[] start = random.longs(3 + random.nextInt(20), 12, 99).toArray();
        long[] said = new BatchOfOne(decoder, Set.of()).ids(start, GenerationSettings.greedy(random.nextInt(30)));
        return DecoderResults.concatenate(DecoderResults.concatenate(start, said), start);
    }

    @Test
    void aTextThatRepeatsItselfTakesFewerPasses() {
        long[] prompt = {20, 21, 22};
        // A penalty below 1 has the model say again what it said.
        GenerationSettings loving = new GenerationSettings(new Sampling(0, 1, 0, 0, 0.3, 0), 120);
        assertThat(steps(prompt, loving.withSpeculation(8))).isLessThan(steps(prompt, loving) * 3 / 4);
    }

    private int steps(long[] prompt, GenerationSettings settings) {
        int steps = 0;
        try (BatchGenerator batch = new BatchGenerator(decoder, Set.of(), 1, 64)) {
            batch.submit(prompt, settings, id -> {});
            while (batch.busy()) {
                batch.step();
                steps++;
            }
        }
        return steps;
    }

    @Test
    void whatFollowedTheLastTokensBeforeIsProposed() {
        TokenHistory history = new TokenHistory(1, 2, 3, 4, 5, 9, 2, 3, 6, 9);
        history.add(2);
        history.add(3);
        assertThat(history.followedBefore(2, 2)).containsExactly(6, 9);
        assertThat(history.followedBefore(3, 5)).containsExactly(6, 9, 2, 3);
        assertThat(history.followedBefore(4, 5)).isEmpty();
    }

    @Test
    void whatIsSeldomRightIsProposedSeldom() {
        TokenHistory history = new TokenHistory(1, 2, 3, 4, 5, 6, 1, 2);
        Speculation speculation = new Speculation(8, Set.of());
        int proposed = 0;
        for (int i = 0; i < 200; i++) {
            int count = speculation.propose(history, 100).length;
            proposed += count;
            speculation.verified(count, 0);
        }
        assertThat(proposed).isBetween(1, 30);
    }

    @Test
    void nothingBehindAStopTokenIsProposed() {
        TokenHistory history = new TokenHistory(1, 2, 3, 7, 5, 1, 2);
        assertThat(new Speculation(8, STOP_IDS).propose(history, 100)).containsExactly(3);
    }
}
