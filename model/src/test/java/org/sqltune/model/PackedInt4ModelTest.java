package org.sqltune.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.sqltune.model.parity.DecoderResults.logits;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
import org.sqltune.model.quantization.PackedInt4Weight;
import org.sqltune.model.quantization.PackedInt8Weight;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.weight.WeightSource;

/** A model whose linear layers are of 4-bit integers computes with the numbers that these stand for. */
class PackedInt4ModelTest {
    private static final long[] IDS = {1, 5, 9, 40, 2, 57, 31, 60};

    private final Torch torch = Torch.cpu();

    @BeforeEach
    void assumeLibtorchHasTheLayout() {
        assumeThat(PackedInt4Weight.isSupported(torch) && PackedInt8Weight.isSupported(torch))
                .as("the layouts are for x86-64 with AVX-512 and VNNI; elsewhere the loader goes on without")
                .isTrue();
    }

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    /** The bundled model: all of its matrices come in whole groups. Many tokens bring the matrices back, few don't. */
    @ParameterizedTest
    @CsvSource({"8, FLOAT32, NONE", "60, FLOAT32, NONE", "8, BFLOAT16, NONE", "60, BFLOAT16, NONE", "8, FLOAT32, NF4"})
    void scoresAreThoseOfTheNumbersItStandsFor(int tokens, ElementType type, Quantization before) {
        long[] ids = LongStream.range(0, tokens).map(i -> 1 + i * 37 % 6000).toArray();
        try (Decoder packed = decoder(type, before, WeightLayout.INT4);
                Decoder alike = roundedAlike(type, before);
                Decoder original = decoder(type, before, WeightLayout.PLAIN)) {
            float[] found = logits(packed, ids);
            assertThat(relativeError(found, logits(alike, ids)))
                    .as("beside the same numbers as plain matrices")
                    .isLessThan(type == ElementType.FLOAT32 ? 0.02 : 0.05);
            assertThat(relativeError(found, logits(original, ids))).isBetween(0.01, 0.5);
        }
    }

    @Test
    void matricesTakeFiveBitsANumber() {
        try (Decoder packed = decoder(ElementType.BFLOAT16, Quantization.NONE, WeightLayout.INT4)) {
            WeightSizes sizes = WeightSizes.of(packed);
            assertThat(sizes.quantizedBytes()).isEqualTo(sizes.quantizedBefore() * 5 / 16);
        }
    }

    @Test
    void matricesWithoutWholeGroupsStayAsTheyAre() {
        Path folder = ParityFixture.of("tiny_llama_with_tokenizer").folder();
        String attention = "model.layers.0.self_attn.";
        try (SafetensorsReader files = SafetensorsReader.ofModelFolder(torch, folder);
                TensorScope scope = torch.scope()) {
            StoredWeights source =
                    new StoredWeights(torch, files, ElementType.FLOAT32, Quantization.NONE, WeightLayout.INT4);
            assertThat(source.quantized(scope, attention + "o_proj.weight", 32, 32))
                    .isEmpty();
            assertThat(source.together(
                            scope,
                            List.of(
                                    attention + "q_proj.weight",
                                    attention + "k_proj.weight",
                                    attention + "v_proj.weight"),
                            List.of(new long[] {32, 32}, new long[] {16, 32}, new long[] {16, 32})))
                    .as("together they have sixty-four rows")
                    .isPresent();
        }
        try (LanguageModel model = LanguageModel.loadInInt4(torch, folder, ElementType.FLOAT32, Quantization.NONE)) {
            assertThat(generated(model.decoder(), List.of(IDS)).get(0)).hasSize(12);
        }
    }

    @Test
    void textsOfABatchAreThoseOfOneByOne() {
        try (Decoder decoder = decoder(ElementType.FLOAT32, Quantization.NONE, WeightLayout.INT4)) {
            List<long[]> prompts = List.of(IDS, new long[] {1, 5, 9, 8}, new long[] {3}, new long[] {1, 5, 9, 40, 61});
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
                decoder, Set.of(), prompts.size(), KvPool.pagesFor(decoder.config(), decoder.type(), 1 << 24))) {
            List<Generation> texts = new ArrayList<>();
            prompts.forEach(prompt -> texts.add(generator.submit(prompt, GenerationSettings.greedy(12), id -> {})));
            generator.run();
            return texts.stream().map(Generation::ids).toList();
        }
    }

    /** Also where they were trained over a base in NF4: the numbers of that are what is rounded. */
    @ParameterizedTest
    @EnumSource(
            value = Quantization.class,
            names = {"NONE", "NF4"})
    void adaptersWorkOnTopOfItAndAreNotMergedIntoIt(Quantization before) {
        LoraConfig config = new LoraConfig(4, 8, 0, List.of(LoraConfig.ALL_LINEAR));
        try (Decoder packed = decoder(ElementType.FLOAT32, before, WeightLayout.INT4);
                Decoder alike = roundedAlike(ElementType.FLOAT32, before);
                LoraAdapter one = DisturbedAdapter.of(torch, packed, config);
                LoraAdapter other = DisturbedAdapter.of(torch, alike, config)) {
            float[] base = logits(packed, IDS);
            one.attach();
            other.attach();
            float[] expected = logits(alike, IDS);
            assertThat(relativeError(base, expected)).isGreaterThan(0.05);
            assertThat(relativeError(logits(packed, IDS), expected)).isLessThan(0.02);
            assertThatThrownBy(one::merge)
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("inference.weights: bf16");
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

    private Decoder roundedAlike(ElementType type, Quantization before) {
        try (SafetensorsReader files = SafetensorsReader.ofModelFolder(torch, nano())) {
            StoredWeights source = new StoredWeights(torch, files, type, before, WeightLayout.INT4);
            WeightSource plain = (owner, name, shape) -> shape.length == 2 && name.contains(".layers.")
                    ? source.quantized(owner, name, shape).orElseThrow().dequantize(owner, type)
                    : source.weight(owner, name, shape);
            return new Decoder(torch, DecoderConfigReader.read(nano()), type, plain);
        }
    }

    private Decoder decoder(ElementType type, Quantization before, WeightLayout layout) {
        try (SafetensorsReader files = SafetensorsReader.ofModelFolder(torch, nano())) {
            return new Decoder(
                    torch,
                    DecoderConfigReader.read(nano()),
                    type,
                    new StoredWeights(torch, files, type, before, layout));
        }
    }

    private static Path nano() {
        try {
            return Path.of(Objects.requireNonNull(
                                    PackedInt4ModelTest.class.getResource("/org/sqltune/model/nano/config.json"))
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
