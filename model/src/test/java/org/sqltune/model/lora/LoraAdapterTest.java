package org.sqltune.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sqltune.model.parity.DecoderResults.largestDifference;
import static org.sqltune.model.parity.DecoderResults.logits;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.Torch;

/** What must be so whatever the numbers are. */
class LoraAdapterTest {
    private static final long[] IDS = {1, 5, 9, 40, 2, 77, 31, 60};

    private final Torch torch = Torch.cpu();

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "BFLOAT16"})
    void aFreshAdapterChangesNothing(ElementType type) {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, type);
                LoraAdapter adapter = LoraAdapter.create(decoder, AdapterFixtures.EVERY_PROJECTION, 1)) {
            float[] base = logits(decoder, IDS);
            adapter.attach();
            assertThat(logits(decoder, IDS)).isEqualTo(base);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gqa_tied", "mha_untied", "mqa_bias_headdim"})
    void attachedItChangesTheLogitsAndDetachedItLeavesNoTrace(String fixture) {
        try (Decoder decoder = ParityFixture.of(fixture).decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = AdapterFixtures.random(decoder, AdapterFixtures.EVERY_PROJECTION, 1)) {
            float[] base = logits(decoder, IDS);
            adapter.attach();
            assertThat(largestDifference(logits(decoder, IDS), base)).isGreaterThan(0.1);
            adapter.detach();
            assertThat(logits(decoder, IDS)).isEqualTo(base);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gqa_tied", "mha_untied", "mqa_bias_headdim"})
    void mergedItComputesWhatItComputedAttached(String fixture) {
        try (Decoder decoder = ParityFixture.of(fixture).decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = AdapterFixtures.random(decoder, AdapterFixtures.EVERY_PROJECTION, 1)) {
            adapter.attach();
            float[] attached = logits(decoder, IDS);
            adapter.merge();
            assertThat(largestDifference(logits(decoder, IDS), attached)).isLessThan(1e-4);
        }
    }

    @Test
    void mergedItMayBeClosed() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32)) {
            LoraAdapter adapter = AdapterFixtures.random(decoder, AdapterFixtures.QUERY_AND_VALUE, 1);
            adapter.merge();
            float[] merged = logits(decoder, IDS);
            adapter.close();
            assertThat(logits(decoder, IDS)).isEqualTo(merged);
        }
    }

    @Test
    void attachingASecondAdapterReplacesTheFirst() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                LoraAdapter first = AdapterFixtures.random(decoder, AdapterFixtures.EVERY_PROJECTION, 1);
                LoraAdapter second = AdapterFixtures.random(decoder, AdapterFixtures.EVERY_PROJECTION, 2)) {
            second.attach();
            float[] alone = logits(decoder, IDS);
            first.attach();
            assertThat(largestDifference(logits(decoder, IDS), alone)).isGreaterThan(0.1);
            second.attach();
            assertThat(logits(decoder, IDS)).isEqualTo(alone);
        }
    }

    @Test
    void attachingAgainAndAgainTakesNoMemory() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = AdapterFixtures.random(decoder, AdapterFixtures.EVERY_PROJECTION, 1)) {
            adapter.attach();
            int alive = torch.root().aliveCount();
            for (int i = 0; i < 50; i++) {
                adapter.attach();
                adapter.detach();
            }
            assertThat(torch.root().aliveCount()).isEqualTo(alive);
        }
    }

    @Test
    void theSeedDecidesA() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                LoraAdapter one = LoraAdapter.create(decoder, AdapterFixtures.QUERY_AND_VALUE, 1);
                LoraAdapter same = LoraAdapter.create(decoder, AdapterFixtures.QUERY_AND_VALUE, 1);
                LoraAdapter other = LoraAdapter.create(decoder, AdapterFixtures.QUERY_AND_VALUE, 2)) {
            assertThat(a(one)).isEqualTo(a(same)).isNotEqualTo(a(other));
        }
    }

    @Test
    void aFreshAIsUniformWithinOneOverTheRootOfItsWidth() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = LoraAdapter.create(decoder, new LoraConfig(64, 8, 0, List.of("q_proj")), 1)) {
            float bound = (float) (1 / Math.sqrt(decoder.config().hiddenSize()));
            float[] values = a(adapter);
            double squares = 0;
            for (float value : values) {
                assertThat(value).isBetween(-bound, bound);
                squares += value * value;
            }
            // A uniform distribution in ±b has the variance b²/3.
            assertThat(squares / values.length).isBetween(0.9 * bound * bound / 3, 1.1 * bound * bound / 3);
        }
    }

    @Test
    void matricesHaveTheNamesAndShapesOfPeft() {
        try (Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.BFLOAT16);
                LoraAdapter adapter = LoraAdapter.create(decoder, AdapterFixtures.EVERY_PROJECTION, 1)) {
            assertThat(adapter.tensors()).hasSize(2 * 7 * 2);
            String path = "base_model.model.model.layers.1.";
            assertShape(adapter, path + "self_attn.k_proj.lora_A.weight", 3, 32);
            assertShape(adapter, path + "self_attn.k_proj.lora_B.weight", 16, 3);
            assertShape(adapter, path + "mlp.down_proj.lora_A.weight", 3, 56);
            assertShape(adapter, path + "mlp.down_proj.lora_B.weight", 32, 3);
            assertThat(adapter.tensors().values())
                    .allSatisfy(tensor -> assertThat(torch.type(tensor)).isEqualTo(ElementType.FLOAT32));
        }
    }

    private void assertShape(LoraAdapter adapter, String name, long... shape) {
        assertThat(adapter.tensors()).containsKey(name);
        Tensor tensor = adapter.tensors().get(name);
        assertThat(tensor.shape()).isEqualTo(shape);
    }

    private static float[] a(LoraAdapter adapter) {
        return adapter.linears().get(0).a().master().toFloats();
    }
}
