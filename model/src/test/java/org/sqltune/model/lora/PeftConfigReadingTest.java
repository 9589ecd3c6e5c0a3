package org.sqltune.model.lora;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** adapter_config.json: what is understood, what is ignored and what is refused. */
class PeftConfigReadingTest extends PeftAdapterFixture {
    private static final List<String> SEVEN =
            List.of("down_proj", "gate_proj", "k_proj", "o_proj", "q_proj", "up_proj", "v_proj");

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
                "target_modules | '(q_proj'",
                "target_modules | 'q_proj'",
                "target_modules | '.*lm_head'",
                "target_modules | ''",
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

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                ".*_proj 14",
                ".*\\.(q|v)_proj 4",
                "model\\.layers\\.1\\.(?P<block_name>self_attn|mlp)\\..* 7",
                ".*layers.0.self_attn.[qk]_proj 2",
            })
    void aTextIsARegularExpressionForWholePaths(String pattern, int linears) {
        edit(config -> config.put("target_modules", pattern));
        LoraConfig config = PeftAdapterFiles.readConfig(folder).forModel(decoder.config());

        assertThat(PeftAdapterFiles.readConfig(folder).targetPattern()).isEqualTo(pattern);
        assertThat(config.targetPattern()).isEmpty();
        try (LoraAdapter adapter = LoraAdapter.create(decoder, config, new LoraInitialization.Uniform(), 1)) {
            assertThat(adapter.linears()).hasSize(linears);
        }
        assertThat(linears % 2 == 0 && linears != 2)
                .as("whole kinds of linear layers are written as names")
                .isEqualTo(SEVEN.containsAll(config.targets()));
    }

    @Test
    void anAdapterWhoseTargetsAreAPatternIsLoaded() {
        edit(config -> config.put("target_modules", ".*\\.layers\\.\\d+\\.(self_attn|mlp)\\.\\w+_proj"));
        try (LoraAdapter adapter = load()) {
            assertThat(adapter.linears()).hasSize(2 * 7);
            assertThat(adapter.config().targets()).containsExactlyInAnyOrderElementsOf(SEVEN);
        }
    }

    @Test
    void layersAndAPatternAreNotGivenTogether() {
        edit(config -> config.put("target_modules", ".*_proj").put("layers_to_transform", 1));
        assertRefused(this::load, "layers_to_transform must be left out where target_modules is");
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

    private static JsonNode json(String withSingleQuotes) {
        try {
            return JSON.readTree(withSingleQuotes.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
