package org.sqltune.model.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.sqltune.model.TestFolders.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.TestFolders;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.Norm;
import org.sqltune.model.config.ProjectionShape;
import org.sqltune.model.config.Rope;
import org.sqltune.model.config.RopeScaling;
import org.sqltune.model.torch.ElementType;

class DecoderConfigReaderTest {
    @TempDir
    private Path folder;

    /** A config of a small Llama as transformers 5 writes it. */
    @BeforeEach
    void writeConfig() {
        TestFolders.copyFixture("gqa_tied", folder);
    }

    @Test
    void everySizeIsRead() {
        DecoderConfig config = DecoderConfigReader.read(folder);
        assertThat(config.modelType()).isEqualTo("llama");
        assertThat(config.vocabSize()).isEqualTo(99);
        assertThat(config.hiddenSize()).isEqualTo(32);
        assertThat(config.intermediateSize()).isEqualTo(56);
        assertThat(config.layers()).isEqualTo(2);
        assertThat(config.heads()).isEqualTo(4);
        assertThat(config.keyValueHeads()).isEqualTo(2);
        assertThat(config.headDim()).isEqualTo(8);
        assertThat(config.querySize()).isEqualTo(32);
        assertThat(config.keyValueSize()).isEqualTo(16);
        assertThat(config.maxPositions()).isEqualTo(128);
        assertThat(config.arithmetic().norm()).isEqualTo(new Norm(Norm.Kind.RMS, 1e-5));
        assertThat(config.rope()).isEqualTo(new Rope(10_000, 8, new RopeScaling.None()));
        assertThat(config.tiedEmbeddings()).isTrue();
        assertThat(config.storedType()).isEqualTo(ElementType.FLOAT32);
        assertThat(config.bosTokenId()).isEqualTo(1);
        assertThat(config.eosTokenId()).isEqualTo(2);
        assertThat(config.padTokenId()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | {'rope_type':'default'}",
                "{'type':'linear','factor':4.0} | {'rope_type':'linear','factor':4.0}",
                "{'rope_type':'linear','factor':4.0} | {'rope_type':'linear','factor':4.0}",
                "{'rope_type':'llama3','factor':8.0,'low_freq_factor':1.0,'high_freq_factor':4.0,"
                        + "'original_max_position_embeddings':8192} | "
                        + "{'rope_type':'llama3','factor':8.0,'low_freq_factor':1.0,'high_freq_factor':4.0,"
                        + "'original_max_position_embeddings':8192}",
            })
    void transformersFourAndFiveMeanTheSame(String ropeScaling, String ropeParameters) {
        edit(config -> {
            config.set("rope_parameters", ((ObjectNode) json(ropeParameters)).put("rope_theta", 5e5));
            config.put("dtype", "bfloat16");
        });
        DecoderConfig five = DecoderConfigReader.read(folder);
        edit(config -> {
            config.remove("rope_parameters");
            config.remove("dtype");
            config.put("rope_theta", 5e5);
            config.set("rope_scaling", json(ropeScaling));
            config.put("torch_dtype", "bfloat16");
        });
        DecoderConfig four = DecoderConfigReader.read(folder);
        assertThat(four).isEqualTo(five);
        assertThat(four.rope().theta()).isEqualTo(5e5);
        assertThat(four.storedType()).isEqualTo(ElementType.BFLOAT16);
    }

    @Test
    void whatMayBeLeftOutHasTheDefaultsOfTransformers() {
        edit(config -> config.remove(List.of(
                "num_key_value_heads",
                "head_dim",
                "rms_norm_eps",
                "rope_parameters",
                "tie_word_embeddings",
                "attention_bias",
                "mlp_bias",
                "hidden_act",
                "initializer_range",
                "dtype",
                "pad_token_id",
                "pretraining_tp")));
        DecoderConfig config = DecoderConfigReader.read(folder);
        assertThat(config.keyValueHeads()).isEqualTo(4);
        assertThat(config.headDim()).isEqualTo(8);
        assertThat(config.arithmetic().norm().epsilon()).isEqualTo(1e-6);
        assertThat(config.rope().theta()).isEqualTo(10_000);
        assertThat(config.tiedEmbeddings()).isFalse();
        assertThat(config.modules().layer().projections()).noneMatch(ProjectionShape::bias);
        assertThat(config.initializerRange()).isEqualTo(0.02);
        assertThat(config.storedType()).isEqualTo(ElementType.FLOAT32);
        assertThat(config.padTokenId()).isNull();
    }

    @Test
    void theFirstOfSeveralEndTokensEndsACompletion() {
        edit(config -> config.putArray("eos_token_id").add(7).add(8));
        assertThat(DecoderConfigReader.read(folder).eosTokenId()).isEqualTo(7);
        assertThat(DecoderConfigReader.read(folder).tokens().eos()).startsWith(7, 8);
    }

    @Test
    void aSlidingWindowIsMistralsAlone() {
        edit(config -> config.put("sliding_window", 16));
        assertThat(DecoderConfigReader.read(folder).arithmetic().windows()).containsExactly(0, 0);
        edit(config -> config.put("model_type", "mistral"));
        assertThat(DecoderConfigReader.read(folder).arithmetic().windows()).containsExactly(16, 16);
    }

    @Test
    void llamaThreesScalingKeepsShortWavesAndStretchesLongOnes() {
        RopeScaling.Llama3 scaling = new RopeScaling.Llama3(8, 1, 4, 8192);
        double shortWave = 2 * Math.PI / 100;
        double longWave = 2 * Math.PI / 10_000;
        assertThat(scaling.scale(shortWave)).isEqualTo(shortWave);
        assertThat(scaling.scale(longWave)).isEqualTo(longWave / 8);
        // 8192 / 4096 = 2 turns: a third of the way from 1 to 4.
        double between = 2 * Math.PI / 4096;
        assertThat(scaling.scale(between)).isCloseTo(between / 3 + between / 8 * 2 / 3, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model_type | 'gptj' | gptj",
                "model_type | null | model_type",
                "hidden_act | 'relu6' | hidden_act 'relu6'",
                "pretraining_tp | 2 | pretraining_tp '2'",
                "quantization_config | {'quant_method':'awq'} | quantization_config",
                "rope_parameters | {'rope_type':'mrope','factor':2} | 'mrope'",
                "rope_parameters | {'rope_type':'linear'} | factor",
                "rope_parameters | {'rope_type':'llama3','factor':8.0} | low_freq_factor",
                "rope_parameters | {'rope_type':'default','partial_rotary_factor':0.5} | partial_rotary_factor",
                "partial_rotary_factor | 0.5 | partial_rotary_factor",
                "hidden_size | 32.5 | hidden_size must be a positive whole number, not 32.5",
                "hidden_size | '32' | hidden_size must be a positive whole number",
                "vocab_size | 3000000000 | vocab_size must be a positive whole number",
                "vocab_size | 0 | vocab_size must be a positive whole number, not 0",
                "num_hidden_layers | -1 | num_hidden_layers must be a positive whole number, not -1",
                "num_hidden_layers | true | num_hidden_layers must be a positive whole number, not true",
                "num_key_value_heads | 3 | num_key_value_heads 3 doesn't divide num_attention_heads 4",
                "num_key_value_heads | 8 | num_key_value_heads 8 doesn't divide num_attention_heads 4",
                "head_dim | 7 | head_dim 7",
                "head_dim | 2147483646 | num_attention_heads times head_dim is 8589934584, more than any model has",
                "hidden_size | 2147483644 | hidden_size is 2147483644, more than any model has",
                "intermediate_size | 2147483647 | intermediate_size is 2147483647, more than any model has",
                "num_hidden_layers | 2147483647 | num_hidden_layers is 2147483647, more than any model has",
                "vocab_size | -1 | vocab_size must be a positive whole number, not -1",
                "num_attention_heads | 0 | num_attention_heads must be a positive whole number, not 0",
                "num_key_value_heads | -2 | num_key_value_heads must be a positive whole number, not -2",
                "rms_norm_eps | 'small' | rms_norm_eps",
                "rms_norm_eps | 0 | rms_norm_eps",
                "rope_parameters | {'rope_type':'default','rope_theta':'big'} | rope_theta",
                "dtype | 'float8_e4m3fn' | float8_e4m3fn",
            })
    void whatIsNotSupportedIsNamed(String key, String value, String named) {
        edit(config -> config.set(key, json(value)));
        assertRefused(named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "vocab_size"})
    void aMissingSizeIsNamed(String key) {
        edit(config -> config.remove(key));
        assertRefused("has no " + key);
        edit(config -> config.putNull(key));
        assertRefused("has no " + key);
    }

    @Test
    void headsThatDoNotDivideTheWidthNeedAHeadSize() {
        edit(config -> config.put("hidden_size", 34).put("num_key_value_heads", 4));
        assertThat(DecoderConfigReader.read(folder).headDim()).isEqualTo(8);
        edit(config -> config.remove("head_dim"));
        assertRefused("num_attention_heads 4 doesn't divide hidden_size 34");
    }

    @Test
    void sizesWhoseProductNoMatrixHasAreNamed() {
        edit(config -> config.put("vocab_size", 2_000_000_000).put("hidden_size", 200_000_000));
        assertRefused("vocab_size times hidden_size is 400000000000000000");
        edit(config -> config.put("vocab_size", 99).put("intermediate_size", 200_000_000));
        assertRefused("hidden_size times intermediate_size is 40000000000000000");
        edit(config -> config.put("intermediate_size", 56).put("head_dim", 60_000_000));
        assertRefused("hidden_size times all heads' head_dim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"model_type\": \"llama\",}", "null", "{} {}"})
    void aDamagedFileIsNamedInOneLine(String content) throws IOException {
        Files.writeString(folder.resolve("config.json"), content);
        assertRefused("config.json");
    }

    @Test
    void aMissingFileOrFolderIsNamed() throws IOException {
        Files.delete(folder.resolve("config.json"));
        assertRefused("has no config.json");
        Path nowhere = folder.resolve("nowhere");
        assertThatThrownBy(() -> DecoderConfigReader.read(nowhere))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("no model folder " + nowhere);
    }

    private void assertRefused(String named) {
        assertThatThrownBy(() -> DecoderConfigReader.read(folder))
                .isInstanceOf(SqlTuneException.class)
                .message()
                .contains("config.json", named)
                .doesNotContain("\n");
    }

    private void edit(Consumer<ObjectNode> change) {
        TestFolders.editJson(folder.resolve("config.json"), change);
    }
}
