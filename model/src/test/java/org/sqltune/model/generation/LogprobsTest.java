package org.sqltune.model.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.KvCache;
import org.sqltune.model.parity.DecoderResults;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

class LogprobsTest {
    private static final long[] PROMPT = {20, 21, 22, 20, 21, 22, 20};

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

    @Test
    void theyAreTheModelsOwnHoweverTokensAreChosen() {
        GenerationSettings penalized = new GenerationSettings(new Sampling(1.4, 0.9, 30, 0, 1.3, 5), 12);
        for (GenerationSettings settings : List.of(
                GenerationSettings.greedy(12),
                GenerationSettings.greedy(12).withSpeculation(4),
                GenerationSettings.greedy(12).withBeams(3, 1).withN(3),
                penalized.withN(2))) {
            for (GeneratedText each :
                    new BatchOfOne(decoder, Set.of()).results(PROMPT, settings.withLogprobs(3), null)) {
                assertThat(each.tokens()).hasSize(12);
                for (int i = 0; i < 12; i++) {
                    double[] expected = logprobs(DecoderResults.concatenate(PROMPT, Arrays.copyOf(each.ids(), i)));
                    ScoredToken token = each.tokens().get(i);
                    assertThat((long) token.token()).isEqualTo(each.ids()[i]);
                    assertThat(token.logprob()).isCloseTo(expected[token.token()], within(1e-4));
                    assertThat(token.mostLikely())
                            .hasSize(3)
                            .isSortedAccordingTo(Comparator.comparingDouble(ScoredToken::logprob)
                                    .reversed());
                    assertThat(token.mostLikely().get(0).logprob())
                            .isCloseTo(Arrays.stream(expected).max().orElseThrow(), within(1e-4));
                }
            }
        }
    }

    @Test
    void theStopTokensIsTheLastAndTheScoreIsTheirSum() {
        long[] endless = new BatchOfOne(decoder, Set.of()).ids(PROMPT, GenerationSettings.greedy(12));
        int stop = (int) endless[5];
        GeneratedText found = new BatchOfOne(decoder, Set.of(stop))
                .results(PROMPT, GenerationSettings.greedy(12).withLogprobs(0), null)
                .get(0);
        assertThat(found.tokens()).hasSize(found.ids().length + 1);
        assertThat(found.tokens().get(found.ids().length).token()).isEqualTo(stop);
        assertThat(found.score().orElseThrow())
                .isCloseTo(
                        found.tokens().stream()
                                .mapToDouble(ScoredToken::logprob)
                                .sum(),
                        within(1e-9));
        assertThat(found.tokens())
                .allSatisfy(each -> assertThat(each.mostLikely()).isEmpty());
    }

    private double[] logprobs(long... ids) {
        try (KvCache cache = decoder.newCache(ids.length)) {
            float[] scores = decoder.next(cache, ids);
            double sum = 0;
            for (float each : scores) {
                sum += Math.exp(each);
            }
            double[] logprobs = new double[scores.length];
            for (int i = 0; i < scores.length; i++) {
                logprobs[i] = scores[i] - Math.log(sum);
            }
            return logprobs;
        }
    }
}
