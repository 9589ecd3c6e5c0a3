package org.sqltune.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.parity.DecoderResults;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.MimeticWeights;
import org.sqltune.model.weight.RandomWeights;

/** New models of every family. */
class FreshWeightsTest {
    private final Torch torch = Torch.cpu();

    @AfterEach
    void close() {
        torch.close();
    }

    @ParameterizedTest
    @CsvSource({
        "gqa_tied, model.norm.weight, 1",
        "gemma2, model.layers.1.post_feedforward_layernorm.weight, 0",
        "gpt_neox, gpt_neox.final_layer_norm.weight, 1",
        "gpt_neox, gpt_neox.layers.0.input_layernorm.bias, 0",
        "qwen3, model.layers.0.self_attn.q_norm.weight, 1"
    })
    void normsBeginWithoutChangingAnythingButTheScale(String fixture, String name, float value) {
        try (Decoder decoder = random(fixture, 1)) {
            assertThat(decoder.weights()).containsKey(name);
            assertThat(decoder.weights().get(name).value().toFloats()).containsOnly(value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemma2", "gpt_neox", "phi3"})
    void theSeedDecidesTheRest(String fixture) {
        assertThat(logits(fixture, 1)).isEqualTo(logits(fixture, 1)).isNotEqualTo(logits(fixture, 2));
    }

    @Test
    void aFamilyWithFusedMapsHasNoMimeticWeights() {
        DecoderConfig config = config("phi3");
        assertThatThrownBy(() -> new MimeticWeights(torch, ElementType.FLOAT32, config, 1))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContainingAll("training.init mimetic", "model_type phi3", "random");
    }

    private float[] logits(String fixture, long seed) {
        try (Decoder decoder = random(fixture, seed)) {
            return DecoderResults.logits(decoder, 1, 5, 9, 30);
        }
    }

    private Decoder random(String fixture, long seed) {
        DecoderConfig config = config(fixture);
        return new Decoder(
                torch, config, ElementType.FLOAT32, new RandomWeights(torch, ElementType.FLOAT32, config, seed));
    }

    private static DecoderConfig config(String fixture) {
        return DecoderConfigReader.read(ParityFixture.of(fixture).folder());
    }
}
