package org.sqltune.training.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.config.RunConfig;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.FullParameters;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.RandomWeights;
import org.sqltune.training.checkpoint.TrainableModels;

/** Weights are counted from config.json as they are there once the model is loaded. */
class ModelShapeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"mha_untied", "gqa_tied", "mqa_bias_headdim", "qwen2", "qwen3", "phi3", "gemma2", "gpt_neox"})
    void everyWeightIsCounted(String fixture) throws URISyntaxException {
        DecoderConfig config = config(fixture);
        try (Torch torch = Torch.cpu();
                Decoder decoder = decoder(torch, config)) {
            RunConfig full = EstimateFixture.run("training.method=full");
            ModelShape shape = ModelShape.of(config, full);
            assertThat(shape.parameters()).isEqualTo(decoder.parameterCount());
            assertThat(shape.trained()).isEqualTo(new FullParameters(decoder).count());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mha_untied", "gqa_tied", "qwen3", "phi3", "gpt_neox"})
    void everyAdapterMatrixIsCounted(String fixture) throws URISyntaxException {
        DecoderConfig config = config(fixture);
        assertThatItIsCounted(config, "lora.r=3", "lora.target_modules=all-linear");
        assertThatItIsCounted(config, "lora.r=3", "lora.target_modules=all-linear", "lora.use_dora=true");
    }

    private static void assertThatItIsCounted(DecoderConfig config, String... settings) {
        RunConfig run = EstimateFixture.run(settings);
        try (Torch torch = Torch.cpu();
                Decoder decoder = decoder(torch, config);
                LoraAdapter adapter = LoraAdapter.create(decoder, TrainableModels.loraConfig(run.lora()), 1)) {
            assertThat(ModelShape.of(config, run).trained()).isEqualTo(adapter.count());
        }
    }

    private static Decoder decoder(Torch torch, DecoderConfig config) {
        return new Decoder(
                torch, config, ElementType.FLOAT32, new RandomWeights(torch, ElementType.FLOAT32, config, 1));
    }

    private static DecoderConfig config(String fixture) throws URISyntaxException {
        return DecoderConfigReader.read(
                Path.of(Objects.requireNonNull(ModelShapeTest.class.getResource("/parity/" + fixture))
                        .toURI()));
    }
}
