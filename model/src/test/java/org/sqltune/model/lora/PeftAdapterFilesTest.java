package org.sqltune.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sqltune.model.parity.DecoderResults.logits;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqltune.model.decoder.Decoder;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;

/** What is saved is what PEFT would have written, and is read back. */
class PeftAdapterFilesTest extends PeftAdapterFixture {
    private static final List<String> SEVEN =
            List.of("down_proj", "gate_proj", "k_proj", "o_proj", "q_proj", "up_proj", "v_proj");

    private static final long[] IDS = {1, 5, 9, 40, 2, 77, 31, 60};

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
}
