package org.sqltune.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sqltune.model.parity.DecoderResults.largestDifference;
import static org.sqltune.model.parity.DecoderResults.logits;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.LoraScript;
import org.sqltune.model.weight.Parameter;

/** What each kind of adapter must do whatever the numbers are. */
class AdapterInvariantsTest {
    private static final long[] IDS = {1, 5, 9, 40, 2, 61, 31, 60};
    private static final LoraConfig PLAIN = AdapterFixtures.EVERY_PROJECTION;

    private final Torch torch = Torch.cpu();

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @ParameterizedTest
    @CsvSource({
        "gqa_tied, FLOAT32",
        "gqa_tied, BFLOAT16",
        "mqa_bias_headdim, FLOAT32",
        "mqa_bias_headdim, BFLOAT16",
        "phi3, FLOAT32"
    })
    void aFreshDoraChangesNothing(String fixture, ElementType type) {
        try (Decoder decoder = ParityFixture.of(fixture).decoder(torch, type);
                LoraAdapter adapter = LoraAdapter.create(decoder, PLAIN.withWeightDecomposed(true), 1)) {
            float[] base = logits(decoder, IDS);
            adapter.attach();
            assertThat(logits(decoder, IDS)).isEqualTo(base);
            adapter.merge();
            assertThat(largestDifference(logits(decoder, IDS), base))
                    .isLessThan(type == ElementType.FLOAT32 ? 1e-5 : 0.1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gqa_tied", "mqa_bias_headdim", "phi3"})
    void doraComputesWithTheLengthsOfTheMomentAfterEveryChange(String fixture) {
        try (Decoder decoder = ParityFixture.of(fixture).decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = AdapterFixtures.random(decoder, PLAIN.withWeightDecomposed(true), 1)) {
            adapter.attach();
            logits(decoder, IDS);
            for (LoraLinear linear : adapter.linears()) {
                torch.addInPlace(linear.b().master(), linear.b().master());
                linear.b().refresh(torch);
            }
            float[] attached = logits(decoder, IDS);
            adapter.merge();
            assertThat(largestDifference(logits(decoder, IDS), attached)).isLessThan(1e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({"gqa_tied, 0", "gqa_tied, 4", "mqa_bias_headdim, 0", "phi3, 0"})
    void aFreshPissaChangesNothing(String fixture, int iterations) {
        try (Decoder decoder = ParityFixture.of(fixture).decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = pissa(decoder, iterations)) {
            float[] base = logits(decoder, IDS);
            adapter.attach();
            assertThat(largestDifference(logits(decoder, IDS), base)).isLessThan(5e-5);
            adapter.detach();
            assertThat(logits(decoder, IDS)).isEqualTo(base);
        }
    }

    @Test
    void pissaHoldsMoreOfAWeightThanAnyOtherPartOfItsRankCould() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = pissa(decoder, 0);
                LoraAdapter nearly = pissa(decoder, 1);
                TensorScope scope = torch.scope()) {
            for (int i = 0; i < adapter.linears().size(); i++) {
                double exact = residualSquares(scope, adapter.linears().get(i));
                assertThat(exact)
                        .isLessThan(residualSquares(scope, nearly.linears().get(i)));
            }
        }
    }

    private double residualSquares(TensorScope scope, LoraLinear linear) {
        Tensor weight = linear.projection().weight().value();
        LoraScript.Factors factors =
                new LoraScript.Factors(linear.a().master(), linear.b().master());
        Tensor rest = new LoraScript(torch).merge(scope, weight, factors, -PLAIN.scale(""));
        double sum = 0;
        for (float value : rest.toFloats()) {
            sum += value * value;
        }
        return sum;
    }

    @Test
    void aChangedPissaMergesIntoWhatItComputed() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = pissa(decoder, 0)) {
            float[] base = logits(decoder, IDS);
            for (Parameter parameter : adapter.all()) {
                torch.addInPlace(parameter.master(), parameter.master());
                parameter.refresh(torch);
            }
            adapter.attach();
            float[] attached = logits(decoder, IDS);
            assertThat(largestDifference(attached, base)).isGreaterThan(0.1);
            adapter.merge();
            assertThat(largestDifference(logits(decoder, IDS), attached)).isLessThan(1e-4);
            adapter.unmerge();
            assertThat(logits(decoder, IDS)).isEqualTo(base);
        }
    }

    private static LoraAdapter pissa(Decoder decoder, int iterations) {
        return LoraAdapter.create(decoder, PLAIN, new LoraInitialization.Principal(iterations), 1);
    }

    @Test
    void rankStabilisedLoraIsLoraWithAnotherAlpha() {
        LoraConfig stabilised = PLAIN.withRankStabilized(true);
        LoraConfig equivalent =
                new LoraConfig(PLAIN.rank(), PLAIN.alpha() * Math.sqrt(PLAIN.rank()), 0, PLAIN.targets());
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                LoraAdapter one = AdapterFixtures.random(decoder, stabilised, 1);
                LoraAdapter other = AdapterFixtures.random(decoder, equivalent, 1)) {
            one.attach();
            float[] expected = logits(decoder, IDS);
            other.attach();
            assertThat(largestDifference(logits(decoder, IDS), expected)).isLessThan(1e-5);
        }
    }

    @Test
    void aNormalABeginsWithOneOverTheRankAndZeroB() {
        LoraConfig config = new LoraConfig(16, 8, 0, PLAIN.targets());
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = LoraAdapter.create(decoder, config, new LoraInitialization.Gaussian(), 1)) {
            double squares = 0;
            long count = 0;
            for (LoraLinear linear : adapter.linears()) {
                for (float value : linear.a().master().toFloats()) {
                    squares += value * value;
                    count++;
                }
                assertThat(linear.b().master().toFloats()).containsOnly(0);
            }
            assertThat(Math.sqrt(squares / count)).isBetween(0.95 / 16, 1.05 / 16);
        }
    }

    @Test
    void theFirstPatternThatMatchesAWholeEndOfThePathDecides() {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        ranks.put("layers.1.self_attn.q_proj", 2);
        ranks.put("(q|k)_proj", 5);
        ranks.put("q_proj", 7);
        ranks.put("proj", 9);
        LoraConfig config =
                PLAIN.withPatterns(new ModulePatterns<>(ranks), new ModulePatterns<>(Map.of("k_proj", 1.0)));
        assertThat(config.rank("model.layers.1.self_attn.q_proj")).isEqualTo(2);
        assertThat(config.rank("model.layers.11.self_attn.q_proj")).isEqualTo(5);
        assertThat(config.rank("model.layers.1.self_attn.v_proj")).isEqualTo(3);
        assertThat(config.scale("model.layers.1.self_attn.k_proj")).isEqualTo(1.0 / 5);
        assertThat(config.scale("model.layers.1.self_attn.v_proj")).isEqualTo(7.5 / 3);
    }

    @Test
    void whatCantBeIsNamedWithTheRemedy() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32)) {
            int alive = torch.root().aliveCount();
            LoraConfig mistyped = PLAIN.withPatterns(new ModulePatterns<>(Map.of("q_prj", 2)), ModulePatterns.none());
            assertThatThrownBy(() -> LoraAdapter.create(decoder, mistyped, 1))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("names q_prj, which none of the adapted linear layers matches");
            assertThatThrownBy(() -> LoraAdapter.create(
                            decoder, PLAIN.withWeightDecomposed(true), new LoraInitialization.Principal(0), 1))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("use_dora: false");
            assertThatThrownBy(() -> LoraAdapter.create(
                            decoder,
                            new LoraConfig(17, 8, 0, List.of("k_proj")),
                            new LoraInitialization.Principal(0),
                            1))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("model.layers.0.self_attn.k_proj: r 17 is above its 16 components");
            assertThatThrownBy(() -> LoraInitialization.of("olora"))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("init_lora_weights olora is not known");
            assertThat(torch.root().aliveCount()).isEqualTo(alive);
        }
    }
}
