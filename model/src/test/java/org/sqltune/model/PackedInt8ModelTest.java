package org.sqltune.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.sqltune.model.parity.DecoderResults.logits;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.KvPool;
import org.sqltune.model.generation.BatchGenerator;
import org.sqltune.model.generation.Generation;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.quantization.PackedInt8Weight;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.Weight;
import org.sqltune.model.weight.WeightSource;

/** A model whose products are of 8-bit integers answers nearly as in its own arithmetic, whatever lies in its batch. */
class PackedInt8ModelTest {
    private static final long[] IDS = {1, 5, 9, 40, 2, 57, 31, 60};

    private final Torch torch = Torch.cpu();

    /** Elsewhere the products aren't exact, and the loader goes on without them. */
    @BeforeEach
    void assumeTheProcessorMultipliesSo() {
        assumeThat(PackedInt8Weight.isSupported(torch))
                .as(
                        "products of 8-bit integers need x86-64 with AVX2; QuantizedModelTest checks that others go without")
                .isTrue();
    }

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @ParameterizedTest
    @CsvSource({
        "gqa_tied, NONE, FLOAT32",
        "gqa_tied, NF4, FLOAT32",
        "mqa_bias_headdim, NONE, BFLOAT16",
        "bf16_stored, NONE, BFLOAT16",
        "qwen3, NONE, FLOAT32",
        "phi3, NONE, FLOAT32",
        "gemma2, NONE, FLOAT32",
        "gpt_neox, NONE, BFLOAT16"
    })
    void scoresDifferByAFewHundredths(String fixture, Quantization before, ElementType type) {
        try (Decoder packed = packed(fixture, before, type);
                Decoder rounded = roundedAlike(fixture, before, type);
                Decoder original = plain(fixture, before, type)) {
            float[] found = logits(packed, IDS);
            assertThat(relativeError(found, logits(original, IDS))).isBetween(1e-5, 0.06);
            assertThat(relativeError(found, logits(rounded, IDS)))
                    .as("beside the same weights in the model's arithmetic")
                    .isLessThan(type == ElementType.FLOAT32 ? 0.01 : 0.03);
        }
    }

    /** Root mean square of the differences, as a share of the expected numbers'. */
    private static double relativeError(float[] found, float[] expected) {
        double differences = 0;
        double all = 0;
        for (int i = 0; i < expected.length; i++) {
            differences += Math.pow(found[i] - expected[i], 2);
            all += Math.pow(expected[i], 2);
        }
        return Math.sqrt(differences / all);
    }

    @Test
    void textsOfABatchAreThoseOfOneByOne() {
        try (Decoder decoder = packed("gqa_tied", Quantization.NONE, ElementType.FLOAT32)) {
            List<long[]> prompts =
                    List.of(IDS, new long[] {1, 5, 9, 8}, new long[] {3}, new long[] {1, 5, 9, 40, 2, 57, 31, 61});
            List<long[]> alone = new ArrayList<>();
            prompts.forEach(prompt -> alone.addAll(generated(decoder, List.of(prompt))));
            List<long[]> together = generated(decoder, prompts);
            for (int i = 0; i < prompts.size(); i++) {
                assertThat(together.get(i)).hasSize(12).isEqualTo(alone.get(i));
            }
        }
    }

    private static List<long[]> generated(Decoder decoder, List<long[]> prompts) {
        try (BatchGenerator generator = new BatchGenerator(
                decoder, Set.of(), prompts.size(), KvPool.pagesFor(decoder.config(), decoder.type(), 1))) {
            List<Generation> texts = new ArrayList<>();
            prompts.forEach(prompt -> texts.add(generator.submit(prompt, GenerationSettings.greedy(12), id -> {})));
            generator.run();
            return texts.stream().map(Generation::ids).toList();
        }
    }

    /** Also where they were trained over a base in NF4: the numbers of that are what is rounded. */
    @ParameterizedTest
    @CsvSource({"false, NONE", "true, NONE", "false, NF4", "true, NF4"})
    void adaptersWorkOnTopOfIt(boolean decomposed, Quantization before) {
        LoraConfig config = new LoraConfig(4, 8, 0, List.of(LoraConfig.ALL_LINEAR)).withWeightDecomposed(decomposed);
        try (Decoder packed = packed("gqa_tied", before, ElementType.FLOAT32);
                Decoder original = plain("gqa_tied", before, ElementType.FLOAT32);
                LoraAdapter one = DisturbedAdapter.of(torch, packed, config);
                LoraAdapter other = DisturbedAdapter.of(torch, original, config)) {
            float[] base = logits(packed, IDS);
            one.attach();
            other.attach();
            float[] expected = logits(original, IDS);
            assertThat(relativeError(base, expected)).isGreaterThan(0.2);
            assertThat(relativeError(logits(packed, IDS), expected)).isBetween(1e-5, 0.04);
            assertThatThrownBy(one::merge)
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("inference.weights: bf16");
            assertThat(logits(packed, IDS)).isEqualTo(base);
        }
    }

    @Test
    void manyPassesLeaveNothingBehind() {
        int start = alive();
        Path folder = ParityFixture.of("tiny_llama_with_tokenizer").folder();
        try (LanguageModel model = LanguageModel.loadInInt8(torch, folder, ElementType.BFLOAT16, Quantization.NONE)) {
            int loaded = alive();
            for (int i = 0; i < 20; i++) {
                logits(model.decoder(), IDS);
                generated(model.decoder(), List.of(IDS));
            }
            assertThat(alive()).isEqualTo(loaded);
        }
        assertThat(alive()).isEqualTo(start);
    }

    private Decoder packed(String fixture, Quantization before, ElementType type) {
        return decoder(fixture, before, type, true);
    }

    /** The packed numbers, held as plain tensors; but for a head that is the embedding. */
    private Decoder roundedAlike(String fixture, Quantization before, ElementType type) {
        Path folder = ParityFixture.of(fixture).folder();
        try (SafetensorsReader files = SafetensorsReader.ofModelFolder(torch, folder)) {
            StoredWeights source = new StoredWeights(torch, files, type, before, WeightLayout.INT8);
            WeightSource plain = (owner, name, shape) -> shape.length == 2 && name.contains(".layers.")
                    ? source.quantized(owner, name, shape).orElseThrow().dequantize(owner, type)
                    : head(source, owner, name, type, shape);
            return new Decoder(torch, DecoderConfigReader.read(folder), type, plain);
        }
    }

    private Tensor head(StoredWeights source, TensorScope owner, String name, ElementType type, long... shape) {
        Tensor stored = source.weight(owner, name, shape);
        return name.equals("lm_head.weight") || name.equals("embed_out.weight")
                ? source.packedHead(owner, new Weight(name, stored, () -> {}))
                        .orElseThrow()
                        .dequantize(owner, type)
                : stored;
    }

    private Decoder plain(String fixture, Quantization before, ElementType type) {
        return decoder(fixture, before, type, false);
    }

    private Decoder decoder(String fixture, Quantization before, ElementType type, boolean packed) {
        Path folder = ParityFixture.of(fixture).folder();
        try (SafetensorsReader files = SafetensorsReader.ofModelFolder(torch, folder)) {
            return new Decoder(
                    torch,
                    DecoderConfigReader.read(folder),
                    type,
                    new StoredWeights(torch, files, type, before, packed ? WeightLayout.INT8 : WeightLayout.PLAIN));
        }
    }

    private int alive() {
        return torch.root().aliveCount();
    }
}
