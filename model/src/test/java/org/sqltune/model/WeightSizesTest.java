package org.sqltune.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.quantization.Int8Weight;
import org.sqltune.model.quantization.Nf4Weight;
import org.sqltune.model.quantization.QuantizedWeight;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.WeightSource;

/** What quantised weights take, on one layer of TinyLlama's shape. */
class WeightSizesTest {
    private static final int LAYERS = 22;

    @TempDir
    private Path folder;

    @Test
    void nf4TakesAQuarterOfTheProjectionsAndAThirdOfTheWholeModel() {
        withLayer(Quantization.NF4, one -> {
            assertThat(one.matrices()).isEqualTo(7);
            assertThat(one.quantizedShare()).isLessThanOrEqualTo(0.27);
            assertThat(wholeShare(one)).isLessThanOrEqualTo(0.36);
        });
    }

    @Test
    void int8TakesHalfOfTheProjections() {
        withLayer(Quantization.INT8, one -> assertThat(one.quantizedShare()).isCloseTo(0.5, within(0.001)));
    }

    @ParameterizedTest
    @CsvSource({"gqa_tied, FLOAT32", "mha_untied, BFLOAT16"})
    void withoutQuantisationEverythingTakesWhatItTook(String fixture, ElementType type) {
        try (Torch torch = Torch.cpu();
                Decoder decoder = ParityFixture.of(fixture).decoder(torch, type)) {
            WeightSizes sizes = WeightSizes.of(decoder);
            assertThat(sizes.matrices()).isZero();
            assertThat(sizes.allBytes())
                    .isEqualTo(sizes.allBefore())
                    .isEqualTo(decoder.parameterCount() * type.bytes());
        }
    }

    /** Embedding, head and norms are there once, everything else of the measured model as often as there are layers. */
    private static double wholeShare(WeightSizes one) {
        long once = one.allBytes() - one.quantizedBytes();
        return (double) (once + LAYERS * one.quantizedBytes()) / (once + LAYERS * one.quantizedBefore());
    }

    private void withLayer(Quantization quantization, Consumer<WeightSizes> check) {
        TestFolders.copyFixture("mha_untied", folder);
        TestFolders.editJson(
                folder.resolve("config.json"),
                config -> config.put("hidden_size", 2048)
                        .put("intermediate_size", 5632)
                        .put("num_attention_heads", 32)
                        .put("num_key_value_heads", 4)
                        .put("head_dim", 64)
                        .put("num_hidden_layers", 1)
                        .put("vocab_size", 32_000));
        try (Torch torch = Torch.cpu();
                Decoder decoder = new Decoder(
                        torch,
                        DecoderConfigReader.read(folder),
                        ElementType.BFLOAT16,
                        new Zeros(torch, quantization))) {
            check.accept(WeightSizes.of(decoder));
        }
    }

    /** Weights of zeros: what they take doesn't depend on what they are. */
    private record Zeros(Torch torch, Quantization quantization) implements WeightSource {
        @Override
        public Tensor weight(TensorScope owner, String name, long... shape) {
            return torch.zeros(owner, ElementType.BFLOAT16, shape);
        }

        @Override
        public Optional<QuantizedWeight> quantized(TensorScope owner, String name, long... shape) {
            try (TensorScope temporary = torch.scope()) {
                Tensor stored = weight(temporary, name, shape);
                return Optional.of(
                        quantization == Quantization.NF4
                                ? Nf4Weight.quantize(torch, owner, name, stored)
                                : Int8Weight.quantize(torch, owner, name, stored));
            }
        }
    }
}
