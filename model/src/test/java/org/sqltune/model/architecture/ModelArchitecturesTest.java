package org.sqltune.model.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sqltune.model.TestFolders.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.TestFolders;
import org.sqltune.model.config.DecoderConfig;

/** What each family's config.json says, and what it may not say. */
class ModelArchitecturesTest {
    @TempDir
    private Path folder;

    @Test
    void anUnknownFamilyComesWithThoseThatAreSupported() {
        use("qwen2", config -> config.put("model_type", "qwen2_moe"));
        assertRefused(
                "model_type 'qwen2_moe' is not supported",
                "Supported: gemma2, gpt_neox, llama, mistral, phi3, qwen2, qwen3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mistral_window | sliding_window | 0 | sliding_window must be a positive whole number, not 0",
                "mistral_window | sliding_window | -4096 | sliding_window must be a positive whole number, not -4096",
                "mistral_window | sliding_window | 'wide' | sliding_window",
                "mistral_window | num_key_value_heads | 8 | num_key_value_heads 8 doesn't divide num_attention_heads 4",
                "mistral_window | num_key_value_heads | 0 | num_key_value_heads must be a positive whole number",
                "qwen2 | layer_types | ['full_attention'] | layer_types names 1 layers, but num_hidden_layers is 2",
                "qwen2 | layer_types | ['full_attention','linear_attention'] | linear_attention",
                "qwen2 | use_sliding_window | 'yes' | use_sliding_window must be true or false",
                "qwen2 | max_window_layers | -1 | max_window_layers must be a whole number from 0, not -1",
                "qwen2 | tie_word_embeddings | 1 | tie_word_embeddings must be true or false, not 1",
                "qwen2 | rope_scaling | {'rope_type':'mrope'} | 'mrope'",
                "qwen3 | head_dim | 7 | head_dim 7 is odd",
                "qwen3 | head_dim | 1000000000 | num_attention_heads times head_dim is 4000000000",
                "qwen3 | attention_bias | 'no' | attention_bias",
                "qwen3 | vocab_size | 0 | vocab_size must be a positive whole number, not 0",
                "gemma2 | use_bidirectional_attention | true | use_bidirectional_attention 'true'",
                "gemma2 | query_pre_attn_scalar | 0 | query_pre_attn_scalar must be a positive number, not 0",
                "gemma2 | attn_logit_softcapping | -50 | attn_logit_softcapping must be a positive number, not -50",
                "gemma2 | final_logit_softcapping | 'none' | final_logit_softcapping",
                "gemma2 | hidden_activation | 'relu6' | hidden_activation 'relu6'",
                "gemma2 | layer_types | [] | layer_types names 0 layers, but num_hidden_layers is 3",
                "gemma2 | rope_parameters | {'full_attention':{'rope_theta':1e4},'sliding_attention':{'rope_theta':1e6}}"
                        + " | differ between kinds of layers",
                "phi3 | partial_rotary_factor | 1.5 | partial_rotary_factor must be at most 1, not 1.5",
                "phi3 | partial_rotary_factor | 0.1 | partial_rotary_factor 0.1 leaves nothing of head_dim 8",
                "phi3_longrope | rope_parameters | {'rope_type':'longrope','short_factor':[1,1,1]} | long_factor",
                "phi3_longrope | rope_parameters | {'rope_type':'longrope','short_factor':[1,1],'long_factor':[1,1,1]}"
                        + " | short_factor must hold 3 numbers",
                "phi3_longrope | rope_parameters | {'type':'su','short_factor':[1,1,0],'long_factor':[1,1,1]}"
                        + " | short_factor must hold positive numbers, not 0",
                "phi3_longrope | original_max_position_embeddings | -1 | original_max_position_embeddings",
                "gpt_neox | head_dim | 10 | head_dim 10",
                "gpt_neox | num_key_value_heads | 1 | num_key_value_heads 1",
                "gpt_neox | hidden_size | 25 | num_attention_heads 3 doesn't divide hidden_size 25",
                "gpt_neox | rotary_pct | -0.25 | rotary_pct must be a positive number, not -0.25",
                "gpt_neox | layer_norm_eps | 0 | layer_norm_eps must be a positive number, not 0",
                "gpt_neox | use_parallel_residual | 'maybe' | use_parallel_residual",
                "gpt_neox | hidden_act | 'relu' | hidden_act 'relu'",
                "llama_dynamic | rope_parameters | {'rope_type':'dynamic','factor':-2} | factor",
                "llama_dynamic | head_dim | 2 | 'dynamic' needs more than 2",
                "llama_yarn | rope_scaling | {'rope_type':'yarn'} | factor",
                "llama_yarn | rope_scaling | {'rope_type':'yarn','factor':4,'beta_fast':0} | beta_fast",
                "llama_one_layer | num_attention_heads | 0 | num_attention_heads must be a positive whole number, not 0",
                "llama_one_layer | hidden_size | -24 | hidden_size must be a positive whole number, not -24",
                "llama_one_layer | rope_scaling | {'rope_type':'llama3','factor':8,'low_freq_factor':4,"
                        + "'high_freq_factor':4} | high_freq_factor 4.0 must be above its low_freq_factor 4.0",
            })
    void whatContradictsItselfOrIsNotSupportedIsNamed(String fixture, String key, String value, String named) {
        use(fixture, config -> config.set(key, json(value)));
        assertRefused(named);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt_neox, num_attention_heads",
        "gpt_neox, intermediate_size",
        "phi3, vocab_size",
        "gemma2, hidden_size",
        "qwen3, num_hidden_layers"
    })
    void aMissingSizeIsNamed(String fixture, String key) {
        use(fixture, config -> config.remove(key));
        assertRefused("has no " + key);
    }

    @Test
    void gptNeoxMeansTheSameInBothVersionsOfTransformers() {
        use("gpt_neox", config -> {});
        DecoderConfig four = DecoderConfigReader.read(folder);
        edit(config -> {
            config.remove(List.of("rotary_pct", "rotary_emb_base", "rope_scaling"));
            config.set("rope_parameters", json("{'rope_type':'default','partial_rotary_factor':0.25}"));
        });
        assertThat(DecoderConfigReader.read(folder)).isEqualTo(four);
        assertThat(four.rope().size()).isEqualTo(2);
    }

    @Test
    void longropeMeansTheSameInBothVersionsOfTransformers() {
        use("phi3_longrope", config -> {});
        DecoderConfig five = DecoderConfigReader.read(folder);
        edit(config -> {
            ObjectNode scaling = (ObjectNode) config.remove("rope_parameters");
            scaling.remove(List.of("rope_theta", "original_max_position_embeddings", "rope_type"));
            config.set("rope_scaling", scaling.put("type", "su"));
        });
        assertThat(DecoderConfigReader.read(folder)).isEqualTo(five);
    }

    @Test
    void rotaryParametersMayBeRepeatedForEachKindOfLayer() {
        use("gemma2", config -> {});
        DecoderConfig flat = DecoderConfigReader.read(folder);
        edit(config -> {
            ObjectNode nested = config.objectNode();
            nested.set("full_attention", config.path("rope_parameters").deepCopy());
            nested.set("sliding_attention", config.path("rope_parameters").deepCopy());
            config.set("rope_parameters", nested);
        });
        assertThat(DecoderConfigReader.read(folder)).isEqualTo(flat);
    }

    @Test
    void withoutLayerTypesTheFamilysRuleSaysWhichLayersHaveAWindow() {
        use("qwen2", config -> config.remove("layer_types"));
        assertThat(windows()).containsExactly(0, 6);
        edit(config -> config.put("use_sliding_window", false));
        assertThat(windows()).containsExactly(0, 0);
        use("gemma2", config -> config.remove("layer_types"));
        assertThat(windows()).containsExactly(6, 0, 6);
        edit(config -> config.putNull("sliding_window"));
        assertThat(windows()).containsExactly(0, 0, 0);
    }

    private List<Integer> windows() {
        return DecoderConfigReader.read(folder).arithmetic().windows();
    }

    @Test
    void gemmasHeadIsItsEmbeddingUnlessTheFileSaysOtherwise() {
        use("gemma2", config -> config.remove("tie_word_embeddings"));
        assertThat(DecoderConfigReader.read(folder).tiedEmbeddings()).isTrue();
        edit(config -> config.put("tie_word_embeddings", false));
        assertThat(DecoderConfigReader.read(folder).tiedEmbeddings()).isFalse();
    }

    @Test
    void codeLlamaIsALlamaWithALargerBase() {
        use("llama_one_layer", config -> {
            config.put("vocab_size", 32016);
            config.put("max_position_embeddings", 16384);
            config.remove("rope_parameters");
            config.put("rope_theta", 1_000_000);
        });
        DecoderConfig config = DecoderConfigReader.read(folder);
        assertThat(config.vocabSize()).isEqualTo(32016);
        assertThat(config.maxPositions()).isEqualTo(16384);
        assertThat(config.rope().theta()).isEqualTo(1e6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[2, 7]", "2", "[2]", "null"})
    void everyEndTokenOfBothFilesIsKept(String inConfig) {
        use("qwen2", config -> config.set("eos_token_id", json(inConfig)));
        TestFolders.editJson(
                folder.resolve("generation_config.json"), generation -> generation.set("eos_token_id", json("[9, 2]")));
        List<Integer> eos = DecoderConfigReader.read(folder).tokens().eos();
        assertThat(eos).contains(9, 2).doesNotHaveDuplicates();
        assertThat(eos.contains(7)).isEqualTo(inConfig.contains("7"));
    }

    @Test
    void aNegativeTokenIdMeansNone() {
        use("llama_linear", config -> config.put("pad_token_id", -1));
        assertThat(DecoderConfigReader.read(folder).padTokenId()).isNull();
    }

    private void use(String fixture, Consumer<ObjectNode> change) {
        TestFolders.copyFixture(fixture, folder);
        edit(change);
    }

    private void edit(Consumer<ObjectNode> change) {
        TestFolders.editJson(folder.resolve("config.json"), change);
    }

    private void assertRefused(String... named) {
        assertThatThrownBy(() -> DecoderConfigReader.read(folder))
                .isInstanceOf(SqlTuneException.class)
                .message()
                .contains("config.json")
                .contains(named)
                .doesNotContain("\n");
    }
}
