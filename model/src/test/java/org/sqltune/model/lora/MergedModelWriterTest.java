package org.sqltune.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sqltune.model.parity.DecoderResults.largestDifference;
import static org.sqltune.model.parity.DecoderResults.logits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.ModelSettings.Quantization;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.TestFolders;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.SafetensorsWriter;
import org.sqltune.model.safetensors.TensorInfo;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

class MergedModelWriterTest {
    private static final long[] IDS = {1, 5, 9, 40, 2, 57, 31, 60};
    private static final long SMALL_SHARDS = 20_000;

    @TempDir
    private Path folder;

    private final Torch torch = Torch.cpu();
    private Path merged = Path.of("");

    @BeforeEach
    void nameTarget() {
        merged = folder.resolve("merged");
    }

    @AfterEach
    void closeTorch() {
        torch.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gqa_tied", "mha_untied", "mqa_bias_headdim", "phi3", "gpt_neox", "gemma2"})
    void theMergedModelComputesWhatBaseAndAdapterComputeTogether(String fixture) {
        Path base = ParityFixture.of(fixture).folder();
        float[] together = mergeAndCompute(base);
        try (Decoder alone = new ParityFixture(merged).decoder(torch, ElementType.FLOAT32)) {
            assertThat(largestDifference(logits(alone, IDS), together)).isLessThan(1e-4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gqa_tied, pissa",
        "gqa_tied, pissa rslora",
        "mqa_bias_headdim, dora",
        "phi3, dora rslora",
        "gqa_tied, dora patterns",
        "mha_untied, patterns"
    })
    void ofEveryKindOfAdapterToo(String fixture, String kinds) {
        LoraConfig config = AdapterFixtures.EVERY_PROJECTION
                .withRankStabilized(kinds.contains("rslora"))
                .withWeightDecomposed(kinds.contains("dora"));
        if (kinds.contains("patterns")) {
            config = config.withPatterns(
                    new ModulePatterns<>(Map.of("q_proj", 5)), new ModulePatterns<>(Map.of("0.mlp.up_proj", 2.5)));
        }
        LoraInitialization initialization =
                kinds.contains("pissa") ? new LoraInitialization.Principal(0) : new LoraInitialization.Uniform();
        ParityFixture base = ParityFixture.of(fixture);
        float[] together;
        try (Decoder decoder = base.decoder(torch, ElementType.FLOAT32);
                LoraAdapter adapter = AdapterFixtures.random(decoder, config, initialization, 3)) {
            together = merge(base.folder(), decoder, adapter);
        }
        try (Decoder alone = new ParityFixture(merged).decoder(torch, ElementType.FLOAT32)) {
            assertThat(largestDifference(logits(alone, IDS), together)).isLessThan(1e-4);
        }
    }

    @Test
    void aLargeModelIsWrittenInShards() throws IOException {
        mergeAndCompute(ParityFixture.of("gqa_tied").folder());
        try (Stream<Path> files = Files.list(merged)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("config.json", "model.safetensors.index.json", "model-00001-of-00005.safetensors")
                    .doesNotContain("model.safetensors");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT16", "BFLOAT16"})
    void everyWeightKeepsTheTypeItIsStoredIn(ElementType type) {
        Path base = TestFolders.copyFixture("gqa_tied", folder.resolve("base"));
        convert(base, type);
        mergeAndCompute(base);
        try (SafetensorsReader reader = SafetensorsReader.ofModelFolder(torch, merged)) {
            assertThat(reader.names())
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(
                                    Objects.requireNonNull(reader.info(name)).type())
                            .isEqualTo(type));
        }
    }

    @Test
    void weightsThatTheAdapterLeavesAloneKeepTheirBits() {
        Path base = ParityFixture.of("gqa_tied").folder();
        mergeAndCompute(base);
        assertThat(bits(merged, "model.embed_tokens.weight")).isEqualTo(bits(base, "model.embed_tokens.weight"));
        assertThat(bits(merged, "model.norm.weight")).isEqualTo(bits(base, "model.norm.weight"));
        assertThat(bits(merged, "model.layers.0.mlp.up_proj.weight"))
                .isNotEqualTo(bits(base, "model.layers.0.mlp.up_proj.weight"));
    }

    @Test
    void aBaseThatWasQuantisedForTrainingIsMergedWithAllItsBits() {
        Path base = ParityFixture.of("tiny_llama_with_tokenizer").folder();
        mergeAndCompute(base);
        byte[] expected = bits(merged, "model.layers.0.self_attn.q_proj.weight");
        try (LanguageModel model = LanguageModel.load(torch, base, ElementType.FLOAT32, Quantization.NF4)) {
            merge(base, model.decoder());
        }
        assertThat(bits(merged, "model.layers.0.self_attn.q_proj.weight")).isEqualTo(expected);
    }

    @Test
    void theBaseIsNeverOverwritten() {
        Path base = TestFolders.copyFixture("gqa_tied", folder.resolve("base"));
        merged = base.resolve("..").resolve("base");
        assertThatThrownBy(() -> mergeAndCompute(base))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("can't be written over its own base");
        assertThat(base.resolve("model.safetensors")).exists();
    }

    @Test
    void aBaseWithoutAWeightThatTheAdapterChangesIsNamed() {
        ParityFixture adapted = ParityFixture.of("gqa_tied");
        Path other = ParityFixture.of("gpt_neox").folder();
        try (Decoder decoder = adapted.decoder(torch, ElementType.FLOAT32)) {
            assertThatThrownBy(() -> merge(other, decoder))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContainingAll(other.toString(), "model.layers.0.self_attn.q_proj.weight");
        }
        assertThat(merged).doesNotExist();
    }

    /** Merges a random adapter and returns what base and adapter compute together. */
    private float[] mergeAndCompute(Path base) {
        try (Decoder decoder = new ParityFixture(base).decoder(torch, ElementType.FLOAT32)) {
            return merge(base, decoder);
        }
    }

    private float[] merge(Path base, Decoder decoder) {
        try (LoraAdapter adapter = AdapterFixtures.random(decoder, AdapterFixtures.EVERY_PROJECTION, 3)) {
            return merge(base, decoder, adapter);
        }
    }

    private float[] merge(Path base, Decoder decoder, LoraAdapter adapter) {
        new MergedModelWriter(torch, SMALL_SHARDS).write(merged, base, adapter, ProgressListener.NONE);
        adapter.attach();
        float[] together = logits(decoder, IDS);
        adapter.detach();
        return together;
    }

    private byte[] bits(Path model, String name) {
        try (SafetensorsReader reader = SafetensorsReader.ofModelFolder(torch, model);
                TensorScope scope = torch.scope()) {
            TensorInfo info = Objects.requireNonNull(reader.info(name));
            Tensor tensor = reader.readApart(scope, name, info.shape());
            return torch.rawBytes(tensor, 0, tensor.count());
        }
    }

    private void convert(Path model, ElementType type) {
        try (TensorScope scope = torch.scope()) {
            Map<String, Tensor> converted = new LinkedHashMap<>();
            try (SafetensorsReader reader = SafetensorsReader.ofModelFolder(torch, model)) {
                for (String name : reader.names()) {
                    TensorInfo info = Objects.requireNonNull(reader.info(name));
                    converted.put(name, torch.copy(scope, reader.read(scope, info, type)));
                }
            }
            new SafetensorsWriter(torch).write(model.resolve("model.safetensors"), converted);
        }
    }
}
