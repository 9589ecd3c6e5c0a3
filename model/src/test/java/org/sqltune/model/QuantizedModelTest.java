package org.sqltune.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sqltune.model.parity.DecoderResults.greedyWithoutCache;
import static org.sqltune.model.parity.DecoderResults.largestDifference;
import static org.sqltune.model.parity.DecoderResults.logits;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.InferenceSettings.Weights;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.config.settings.ModelSettings.DType;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.decoder.FullParameters;
import org.sqltune.model.decoder.PreparedBatch;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.lora.LoraAdapter;
import org.sqltune.model.lora.LoraConfig;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.quantization.PackedBfloat16Weight;
import org.sqltune.model.quantization.PackedInt8Weight;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.LayerScript;
import org.sqltune.model.weight.Weight;
import org.sqltune.model.weight.WeightSource;

/** A quantised model computes what its brought-back weights compute, and holds nothing else. */
class QuantizedModelTest {
    private static final long[] IDS = {1, 5, 9, 40, 2, 57, 31, 60};

    private final Torch torch = Torch.cpu();

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @ParameterizedTest
    @CsvSource({
        "gqa_tied, NF4, FLOAT32",
        "gqa_tied, NF4, BFLOAT16",
        "gqa_tied, INT8, BFLOAT16",
        "mqa_bias_headdim, NF4, FLOAT32",
        "mqa_bias_headdim, INT8, FLOAT32",
        "bf16_stored, NF4, BFLOAT16",
        "qwen3, NF4, FLOAT32",
        "phi3, NF4, FLOAT32",
        "gemma2, INT8, FLOAT32",
        "gpt_neox, NF4, BFLOAT16"
    })
    void logitsAreThoseOfTheBroughtBackWeights(String fixture, Quantization quantization, ElementType type) {
        try (Decoder quantized = decoder(fixture, quantization, type);
                Decoder expected = broughtBack(fixture, quantization, type);
                Decoder original = decoder(fixture, Quantization.NONE, type)) {
            float[] found = logits(quantized, IDS);
            assertThat(found).isEqualTo(logits(expected, IDS));
            assertThat(largestDifference(found, logits(original, IDS))).isGreaterThan(1e-3);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Quantization.class,
            names = {"NF4", "INT8"})
    void decodingWithACacheGivesTheIdsOfDecodingWithout(Quantization quantization) {
        try (Decoder decoder = decoder("gqa_tied", quantization, ElementType.FLOAT32);
                TextGenerator generator = new TextGenerator(decoder, Set.of())) {
            long[] cached = generator.generate(IDS, GenerationSettings.greedy(12));
            assertThat(cached).isEqualTo(greedyWithoutCache(decoder, IDS, 12));
        }
    }

    @Test
    void theLinearMapsAreQuantisedAndNothingElse() {
        try (Decoder decoder = decoder("mqa_bias_headdim", Quantization.NF4, ElementType.FLOAT32)) {
            assertThat(decoder.quantized()).isTrue();
            for (Weight weight : decoder.weights().values()) {
                assertThat(weight.quantized().isPresent())
                        .as(weight.name())
                        .isEqualTo(weight.name().endsWith("_proj.weight"));
            }
            try (Decoder original = decoder("mqa_bias_headdim", Quantization.NONE, ElementType.FLOAT32)) {
                assertThat(decoder.parameterCount()).isEqualTo(original.parameterCount());
                assertThat(original.quantized()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Quantization.class,
            names = {"NF4", "INT8"})
    void manyPassesLeaveNothingBehind(Quantization quantization) {
        int start = alive();
        Path folder = ParityFixture.of("tiny_llama_with_tokenizer").folder();
        try (LanguageModel model = LanguageModel.load(torch, folder, ElementType.BFLOAT16, quantization)) {
            int held = alive();
            logits(model.decoder(), IDS);
            int loaded = alive();
            assertThat(loaded).as("the buffers of one layer").isEqualTo(held + 7);
            for (int i = 0; i < 20; i++) {
                logits(model.decoder(), IDS);
            }
            try (TextGenerator generator = model.newGenerator()) {
                generator.generate(IDS, GenerationSettings.greedy(8));
            }
            assertThat(alive()).isEqualTo(loaded);
        }
        assertThat(alive()).isEqualTo(start);
    }

    @Test
    void anAdapterWorksOnTopOfItAndIsRefusedToMerge() {
        Path folder = ParityFixture.of("tiny_llama_with_tokenizer").folder();
        try (LanguageModel model = LanguageModel.load(torch, folder, null, Quantization.NF4)) {
            float[] base = logits(model.decoder(), IDS);
            LoraAdapter adapter = model.loadAdapter(folder.resolve("trained_adapter"));
            float[] adapted = logits(model.decoder(), IDS);
            assertThat(largestDifference(adapted, base)).isGreaterThan(1e-3);
            assertThatThrownBy(adapter::merge)
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("q_proj.weight is quantised")
                    .hasMessageContaining("model.quantization: none");
            model.removeAdapter();
            assertThat(logits(model.decoder(), IDS)).isEqualTo(base);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Quantization.class,
            names = {"NF4", "INT8"})
    void doraWorksOnTheWeightsBroughtBackAndIsRefusedToMerge(Quantization quantization) {
        LoraConfig config = new LoraConfig(4, 8, 0, List.of(LoraConfig.ALL_LINEAR)).withWeightDecomposed(true);
        try (Decoder quantized = decoder("gqa_tied", quantization, ElementType.FLOAT32);
                Decoder broughtBack = broughtBack("gqa_tied", quantization, ElementType.FLOAT32);
                LoraAdapter one = DisturbedAdapter.of(torch, quantized, config);
                LoraAdapter other = DisturbedAdapter.of(torch, broughtBack, config)) {
            float[] base = logits(quantized, IDS);
            one.attach();
            other.attach();
            assertThat(logits(quantized, IDS))
                    .isEqualTo(logits(broughtBack, IDS))
                    .isNotEqualTo(base);
            assertThatThrownBy(one::merge)
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("model.quantization: none");
            assertThat(logits(quantized, IDS)).isEqualTo(base);
        }
    }

    @Test
    void aGraphWhoseWeightsWereOverwrittenGivesNoGradients() {
        try (Decoder decoder = decoder("gqa_tied", Quantization.NF4, ElementType.FLOAT32);
                TensorScope scope = torch.scope();
                PreparedBatch batch = decoder.prepare(scope, TokenBatch.sequence(IDS))) {
            LayerScript.Graph first =
                    decoder.layers().forwardWithGraph(scope, 0, decoder.embed(scope, batch), batch, 0, 0, true);
            LayerScript.Graph second = decoder.layers().forwardWithGraph(scope, 1, first.output(), batch, 0, 0, true);
            Tensor ones = torch.copy(scope, first.input());
            assertThat(torch.gradients(scope, second.output(), List.of(second.input()), ones))
                    .hasSize(1);
            assertThatThrownBy(() -> torch.gradients(scope, first.output(), List.of(first.input()), ones))
                    .hasMessageContaining("modified by an inplace operation");
        }
    }

    @Test
    void threadsDoNotShareBuffers() throws Exception {
        try (Decoder decoder = decoder("gqa_tied", Quantization.NF4, ElementType.FLOAT32)) {
            float[] expected = logits(decoder, IDS);
            List<Callable<float[]>> tasks = Collections.nCopies(40, () -> logits(decoder, IDS));
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                for (Future<float[]> result : threads.invokeAll(tasks)) {
                    assertThat(result.get()).isEqualTo(expected);
                }
            } finally {
                threads.shutdown();
            }
        }
    }

    @Test
    void theLoaderQuantisesWhatIsStoredAndLeavesFreshWeights() {
        ModelLoader loader = new ModelLoader(ModelFolders.ofUser());
        String folder = ParityFixture.of("tiny_llama_with_tokenizer").folder().toString();
        ModelSettings defaults = ModelSettings.defaults();
        ModelSettings settings =
                new ModelSettings(folder, defaults.revision(), DType.FP32, defaults.device(), Quantization.INT8);
        try (LanguageModel stored = loader.load(torch, settings);
                LanguageModel fresh = loader.random(torch, settings, 1)) {
            assertThat(stored.decoder().quantized()).isTrue();
            assertThat(fresh.decoder().quantized()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Weights.class)
    void theLoaderPacksForAnsweringWhereThatIsAskedForAndExact(Weights weights) {
        ModelLoader loader = new ModelLoader(ModelFolders.ofUser());
        Path folder = ParityFixture.of("tiny_llama_with_tokenizer").folder();
        ModelSettings settings = ModelSettings.defaults().withName(folder.toString());
        boolean supported = PackedInt8Weight.isSupported(torch);
        try (LanguageModel model = loader.load(torch, settings, weights)) {
            assertThat(model.decoder().quantized()).isEqualTo(weights == Weights.INT8 && supported);
        }
        ModelSettings inBfloat16 = new ModelSettings(
                folder.toString(), settings.revision(), DType.BF16, settings.device(), Quantization.NONE);
        boolean packs = weights == Weights.AUTO && PackedBfloat16Weight.isSupported(torch);
        try (LanguageModel model = loader.load(torch, inBfloat16, weights)) {
            assertThat(model.decoder().quantized()).isEqualTo(packs || weights == Weights.INT8 && supported);
        }
        if (!supported) {
            assertThatThrownBy(() -> LanguageModel.loadInInt8(torch, folder, null, Quantization.NONE))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("inference.weights: auto");
        }
    }

    @Test
    void fullTrainingIsRefused() {
        try (Decoder decoder = decoder("gqa_tied", Quantization.INT8, ElementType.FLOAT32)) {
            assertThatThrownBy(() -> new FullParameters(decoder))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("is quantised");
        }
    }

    private Decoder decoder(String fixture, Quantization quantization, ElementType type) {
        return decoder(fixture, quantization, type, source -> source);
    }

    /** The quantised model's numbers, held as plain tensors. */
    private Decoder broughtBack(String fixture, Quantization quantization, ElementType type) {
        return decoder(
                fixture,
                quantization,
                type,
                source -> (owner, name, shape) -> shape.length == 2 && name.contains(".layers.")
                        ? source.quantized(owner, name, shape).orElseThrow().dequantize(owner, type)
                        : source.weight(owner, name, shape));
    }

    private Decoder decoder(
            String fixture, Quantization quantization, ElementType type, Function<StoredWeights, WeightSource> change) {
        Path folder = ParityFixture.of(fixture).folder();
        DecoderConfig config = DecoderConfigReader.read(folder);
        try (SafetensorsReader files = SafetensorsReader.ofModelFolder(torch, folder)) {
            return new Decoder(
                    torch,
                    config,
                    type,
                    change.apply(new StoredWeights(torch, files, type, quantization, WeightLayout.PLAIN)));
        }
    }

    private int alive() {
        return torch.root().aliveCount();
    }
}
