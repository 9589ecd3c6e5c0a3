package org.sqltune.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sqltune.model.parity.DecoderResults.logits;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.TestFolders;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.safetensors.SafetensorsReader;
import org.sqltune.model.safetensors.SafetensorsWriter;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;

class PeftAdapterFilesTest {
    private static final List<String> SEVEN =
            List.of("down_proj", "gate_proj", "k_proj", "o_proj", "q_proj", "up_proj", "v_proj");

    private static final long[] IDS = {1, 5, 9, 40, 2, 77, 31, 60};
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final Torch torch = Torch.cpu();
    private final Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);

    /** An adapter as PEFT wrote it: r 4, alpha 8, all seven projections. */
    @BeforeEach
    void copyAdapter() {
        TestFolders.copyFiles(ParityFixture.of("gqa_tied").folder().resolve("adapter"), folder);
    }

    @AfterEach
    void closeTorch() {
        decoder.close();
        torch.close();
    }

    @Test
    void theConfigOfPeftIsRead() {
        LoraConfig config = PeftAdapterFiles.readConfig(folder);
        assertThat(config).isEqualTo(new LoraConfig(4, 8, 0, SEVEN));
        assertThat(config.scale("model.layers.0.self_attn.q_proj")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"FLOAT32", "BFLOAT16"})
    void aSavedAdapterComputesTheSameWhenLoaded(ElementType type) throws IOException {
        Path saved = Files.createDirectory(folder.resolve("saved"));
        try (Decoder base = ParityFixture.of("gqa_tied").decoder(torch, type)) {
            float[] expected;
            try (LoraAdapter adapter = AdapterFixtures.random(base, AdapterFixtures.EVERY_PROJECTION, 3)) {
                adapter.attach();
                expected = logits(base, IDS);
                PeftAdapterFiles.writeInto(saved, adapter, base, "some/base");
                adapter.detach();
            }
            try (LoraAdapter loaded = PeftAdapterFiles.load(saved, base)) {
                assertThat(loaded.config()).isEqualTo(everyProjection());
                assertThat(logits(base, IDS)).isNotEqualTo(expected);
                loaded.attach();
                assertThat(logits(base, IDS)).isEqualTo(expected);
                loaded.detach();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"main, '\"main\"'", ", null"})
    void theRevisionIsThatOfAHubBase(@Nullable String revision, String written) throws IOException {
        Path saved = Files.createDirectory(folder.resolve("saved"));
        try (LoraAdapter adapter = LoraAdapter.create(decoder, AdapterFixtures.QUERY_AND_VALUE, 1)) {
            PeftAdapterFiles.writeInto(saved, adapter, decoder, new AdapterBase("some/base", revision));
        }
        JsonNode config = JSON.readTree(saved.resolve("adapter_config.json").toFile());
        assertThat(config.path("revision").toString()).isEqualTo(written);
    }

    @Test
    void theConfigHasTheKeysThatPeftWrites() throws IOException {
        Path saved = Files.createDirectory(folder.resolve("saved"));
        try (LoraAdapter adapter = LoraAdapter.create(decoder, AdapterFixtures.QUERY_AND_VALUE, 1)) {
            PeftAdapterFiles.writeInto(saved, adapter, decoder, "some/base");
        }
        String text = Files.readString(saved.resolve("adapter_config.json"));
        JsonNode config = JSON.readTree(text);
        List<String> keys = new ArrayList<>();
        config.fieldNames().forEachRemaining(keys::add);
        assertThat(keys)
                .isSorted()
                .containsExactlyInAnyOrder(
                        "base_model_name_or_path",
                        "revision",
                        "task_type",
                        "inference_mode",
                        "r",
                        "lora_alpha",
                        "lora_dropout",
                        "bias",
                        "fan_in_fan_out",
                        "use_rslora",
                        "use_dora",
                        "init_lora_weights",
                        "modules_to_save",
                        "rank_pattern",
                        "alpha_pattern",
                        "layers_to_transform",
                        "layers_pattern",
                        "peft_type",
                        "peft_version",
                        "target_modules");
        assertThat(config.path("peft_type").asText()).isEqualTo("LORA");
        assertThat(config.path("base_model_name_or_path").asText()).isEqualTo("some/base");
        assertThat(config.path("task_type").asText()).isEqualTo("CAUSAL_LM");
        assertThat(config.path("target_modules").toString()).isEqualTo("[\"q_proj\",\"v_proj\"]");
        assertThat(config.path("lora_alpha").toString()).isEqualTo("8");
        assertThat(text).startsWith("{\n  \"alpha_pattern\"");
    }

    @Test
    void everyKeyWrittenIsOneThatPeftKnows() throws IOException {
        JsonNode ofPeft = JSON.readTree(folder.resolve("adapter_config.json").toFile());
        Path saved = Files.createDirectory(folder.resolve("saved"));
        try (LoraAdapter adapter = LoraAdapter.create(decoder, AdapterFixtures.QUERY_AND_VALUE, 1)) {
            PeftAdapterFiles.writeInto(saved, adapter, decoder, "some/base");
        }
        JSON.readTree(saved.resolve("adapter_config.json").toFile())
                .fieldNames()
                .forEachRemaining(key -> assertThat(ofPeft.has(key)).as(key).isTrue());
    }

    @Test
    void aFractionalAlphaStaysOne() throws IOException {
        Path saved = Files.createDirectory(folder.resolve("saved"));
        try (LoraAdapter adapter = LoraAdapter.create(decoder, AdapterFixtures.EVERY_PROJECTION, 1)) {
            PeftAdapterFiles.writeInto(saved, adapter, decoder, "some/base");
        }
        assertThat(PeftAdapterFiles.readConfig(saved)).isEqualTo(everyProjection());
    }

    private LoraConfig everyProjection() {
        return AdapterFixtures.EVERY_PROJECTION.forModel(decoder.config());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "false", "{}", "[]", "''"})
    void unknownKeysThatSayNothingAreIgnored(String value) {
        edit(config -> config.set("key_of_a_later_peft", json(value)));
        assertThat(PeftAdapterFiles.readConfig(folder).rank()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "key_of_a_later_peft | true",
                "key_of_a_later_peft | 1",
                "use_dora | 'yes'",
                "use_rslora | 1",
                "rank_pattern | {'q_proj':0}",
                "rank_pattern | {'q_proj':2.5}",
                "rank_pattern | {'q_(proj':2}",
                "rank_pattern | [2]",
                "alpha_pattern | {'q_proj':'eight'}",
                "modules_to_save | ['lm_head']",
                "layers_to_transform | [2]",
                "layers_to_transform | [-1]",
                "layers_to_transform | ['0']",
                "layers_pattern | 'h'",
                "layers_pattern | ['layers','h']",
                "layer_replication | [[0,1]]",
                "lora_bias | true",
                "exclude_modules | ['q_proj']",
                "target_parameters | ['mlp.experts']",
                "trainable_token_indices | [1]",
                "alora_invocation_tokens | [1,2]",
                "bias | 'all'",
                "fan_in_fan_out | true",
                "peft_type | 'PREFIX_TUNING'",
                "init_lora_weights | 'pissa'",
                "init_lora_weights | 'pissa_niter_16'",
                "init_lora_weights | 'olora'",
                "init_lora_weights | 'corda'",
                "init_lora_weights | 'loftq'",
                "r | 0",
                "r | -4",
                "r | 'four'",
                "r | 4.5",
                "lora_alpha | 'eight'",
                "lora_dropout | 1.5",
                "target_modules | ['lm_head']",
                "target_modules | ['embed_tokens','q_proj']",
                "target_modules | '.*proj'",
                "target_modules | []",
                "target_modules | null",
            })
    void whatWouldChangeTheArithmeticIsNamed(String key, String value) {
        edit(config -> config.set(key, json(value)));
        assertRefused(this::load, "adapter_config.json", key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "null", "'gaussian'", "'orthogonal'", "'eva'"})
    void initialisationsThatLeaveTheBaseAloneAreNoMatter(String value) {
        edit(config -> config.set("init_lora_weights", json(value)));
        assertThat(PeftAdapterFiles.readConfig(folder).rank()).isEqualTo(4);
    }

    @Test
    void severalUnsupportedKeysAreNamedAtOnce() {
        edit(config -> config.put("lora_bias", true).put("use_qalora", true));
        assertRefused(() -> PeftAdapterFiles.readConfig(folder), "lora_bias=true", "use_qalora=true", "Merge");
    }

    @Test
    void allLinearMeansEveryProjection() {
        edit(config -> config.put("target_modules", "all-linear"));
        try (LoraAdapter adapter = load()) {
            assertThat(adapter.linears()).hasSize(2 * 7);
        }
    }

    @Test
    void whatMayBeLeftOutHasTheDefaultsOfPeft() {
        edit(config -> config.remove(List.of("r", "lora_alpha", "lora_dropout", "bias", "fan_in_fan_out")));
        assertThat(PeftAdapterFiles.readConfig(folder)).isEqualTo(new LoraConfig(8, 8, 0, SEVEN));
    }

    @Test
    void aMissingConfigIsNamedWithTheRemedy() throws IOException {
        Files.delete(folder.resolve("adapter_config.json"));
        assertRefused(this::load, "There is no adapter in " + folder, "final_model");
    }

    @Test
    void aDamagedConfigIsNamedInOneLine() throws IOException {
        Files.writeString(folder.resolve("adapter_config.json"), "{\n  \"r\": ");
        assertRefused(this::load, "adapter_config.json");
    }

    @Test
    void picklesAreRefusedWithTheRemedy() throws IOException {
        Files.move(folder.resolve("adapter_model.safetensors"), folder.resolve("adapter_model.bin"));
        assertRefused(this::load, "adapter_model.safetensors", ".bin", "safe_serialization=True");
    }

    @Test
    void anotherRankThanTheFilesIsNamedWithBothShapes() {
        edit(config -> config.put("r", 8));
        assertRefused(this::load, "layers.0.self_attn.q_proj.lora_A.weight", "[4, 32]", "[8, 32]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mqa_bias_headdim | layers.0.self_attn.q_proj.lora_A.weight has shape [4, 32] | call for [4, 48]",
                "mha_untied | layers.0.self_attn.k_proj.lora_B.weight has shape [16, 4] | call for [32, 4]",
                "gpt_neox | target_modules names down_proj | query_key_value"
            })
    void anAdapterOfAnotherModelIsNamedWithBothModels(String fixture, String one, String other) {
        Path adapter = ParityFixture.of("gqa_tied").folder().resolve("adapter");
        try (Decoder another = ParityFixture.of(fixture).decoder(torch, ElementType.FLOAT32)) {
            assertRefused(
                    () -> PeftAdapterFiles.load(adapter, another, "models/other"),
                    one,
                    other,
                    "The adapter was made for tiny-random; the model loaded is models/other");
        }
    }

    @Test
    void anAdapterOfADeeperModelIsNamedWithBothModels() {
        rewrite(tensors -> {
            Map<String, Tensor> more = new LinkedHashMap<>(tensors);
            more.put(
                    "base_model.model.model.layers.2.mlp.up_proj.lora_A.weight",
                    tensors.values().iterator().next());
            return more;
        });
        assertRefused(
                this::load,
                "tensor base_model.model.model.layers.2.mlp.up_proj.lora_A.weight",
                "made for tiny-random; the model loaded is one of model_type llama with 2 layers and hidden_size 32");
    }

    @Test
    void aMissingMatrixIsNamed() {
        String gone = "base_model.model.model.layers.1.mlp.up_proj.lora_B.weight";
        rewrite(tensors -> without(tensors, gone));
        assertRefused(this::load, "has no tensor " + gone);
    }

    @Test
    void aMatrixThatNoTargetNamesIsNamed() {
        edit(config -> config.putArray("target_modules").add("q_proj"));
        assertRefused(this::load, "tensor base_model.model.model.layers.0.", "target_modules");
    }

    @Test
    void matricesInHalfPrecisionAreReadAsTheirValues() {
        try (LoraAdapter original = load()) {
            rewrite(tensors -> {
                Map<String, Tensor> halves = new LinkedHashMap<>();
                tensors.forEach(
                        (name, tensor) -> halves.put(name, torch.cast(torch.root(), tensor, ElementType.BFLOAT16)));
                return halves;
            });
            try (LoraAdapter halved = load()) {
                halved.tensors().forEach((name, tensor) -> {
                    assertThat(torch.type(tensor)).isEqualTo(ElementType.FLOAT32);
                    assertThat(original.tensors()).containsKey(name);
                });
                float exact = original.linears().get(0).a().master().toFloats()[0];
                float half = halved.linears().get(0).a().master().toFloats()[0];
                assertThat(half).isNotEqualTo(exact).isBetween(exact - 0.01f, exact + 0.01f);
            }
        }
    }

    @Test
    void aFailedLoadLeavesNothingBehind() {
        int before = torch.root().aliveCount();
        rewrite(tensors -> without(tensors, "base_model.model.model.layers.1.mlp.up_proj.lora_B.weight"));
        assertRefused(this::load, "has no tensor");
        edit(config -> config.putArray("target_modules").add("q_proj"));
        assertRefused(this::load, "target_modules");
        assertThat(torch.root().aliveCount()).isEqualTo(before);
    }

    private LoraAdapter load() {
        return PeftAdapterFiles.load(folder, decoder);
    }

    private static Map<String, Tensor> without(Map<String, Tensor> tensors, String name) {
        Map<String, Tensor> fewer = new LinkedHashMap<>(tensors);
        assertThat(fewer.remove(name)).isNotNull();
        return fewer;
    }

    private void rewrite(UnaryOperator<Map<String, Tensor>> change) {
        Path file = folder.resolve("adapter_model.safetensors");
        try (TensorScope scope = torch.scope();
                SafetensorsReader reader = SafetensorsReader.ofFile(torch, file)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (String name : reader.names()) {
                tensors.put(name, reader.read(scope, reader.info(name), ElementType.FLOAT32));
            }
            new SafetensorsWriter(torch).write(file, change.apply(tensors));
        }
    }

    private void edit(Consumer<ObjectNode> change) {
        TestFolders.editJson(folder.resolve("adapter_config.json"), change);
    }

    private static void assertRefused(ThrowingCallable action, String... parts) {
        assertThatThrownBy(action)
                .isInstanceOf(SqlTuneException.class)
                .message()
                .contains(parts)
                .doesNotContain("\n");
    }

    private static JsonNode json(String withSingleQuotes) {
        try {
            return JSON.readTree(withSingleQuotes.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
