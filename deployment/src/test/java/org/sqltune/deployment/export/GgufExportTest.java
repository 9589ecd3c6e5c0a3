package org.sqltune.deployment.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.data.prompt.contract.ContractFile;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.deployment.gguf.GgufFile;
import org.sqltune.deployment.gguf.GgufFileType;

class GgufExportTest {
    @TempDir
    private Path folder;

    @Test
    void aModelKeepsItsSizesItsTokenizerAndItsContract() throws Exception {
        Path model = copy("tiny_llama_with_tokenizer");
        ContractFile.writeInto(model, PromptContract.of(DataSettings.defaults()));
        GgufFile file = export(model, GgufFileType.Q8_0);

        assertThat(file.metadata())
                .containsEntry("general.architecture", "llama")
                .containsEntry("general.file_type", 7)
                .containsEntry("llama.context_length", 512)
                .containsEntry("llama.attention.head_count_kv", 2)
                .containsEntry("tokenizer.ggml.model", "gpt2")
                .containsEntry("tokenizer.ggml.pre", "gpt-2")
                .containsEntry("tokenizer.ggml.eos_token_id", 2)
                .containsEntry("tokenizer.ggml.add_bos_token", true)
                .containsEntry(GgufExport.CONTRACT_KEY, Files.readString(model.resolve(ContractFile.NAME)));
        assertThat((List<?>) file.metadata().get("tokenizer.ggml.tokens")).hasSize(384);
        assertThat(((List<?>) file.metadata().get("tokenizer.ggml.token_type")).subList(0, 4))
                .isEqualTo(List.of(3, 3, 3, 1));
        // The MLP's way down has rows of 56 numbers, which no blocks of 32 fill.
        assertThat(file.tensors().get("blk.0.ffn_down.weight").type()).isEqualTo(1);
        assertThat(file.tensors().get("blk.0.ffn_up.weight").type()).isEqualTo(8);
        assertThat(file.tensors().get("blk.1.attn_norm.weight").type()).isZero();
        assertThat(file.tensors().get("blk.0.attn_k.weight").axes()).containsExactly(32L, 16L);
    }

    /** Rows of 32 numbers: none fills blocks of 256, and the way down's 56 not even those of 32. */
    @Test
    void rowsThatDontFillBlocksHaveATypeThatTheyFill() throws Exception {
        Path model = copy("tiny_llama_with_tokenizer");
        GgufFile four = export(model, GgufFileType.Q4_K_M);
        assertThat(four.metadata()).containsEntry("general.file_type", 15);
        assertThat(four.tensors().get("token_embd.weight").type()).isEqualTo(6);
        assertThat(four.tensors().get("output.weight").type()).isEqualTo(8);
        assertThat(four.tensors().get("blk.0.attn_q.weight").type()).isEqualTo(6);
        assertThat(four.tensors().get("blk.0.ffn_down.weight").type()).isEqualTo(1);

        GgufFile five = export(model, GgufFileType.Q5_K_M);
        assertThat(five.tensors().get("token_embd.weight").type()).isEqualTo(7);
        GgufFile plainFour = export(model, GgufFileType.Q4_0);
        assertThat(plainFour.tensors().get("token_embd.weight").type()).isEqualTo(2);
        assertThat(plainFour.tensors().get("output.weight").type()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mqa_bias_headdim|biases in attention and heads that together aren't as wide as the model",
                "gpt_neox_sequential|heads of which an odd number of places is rotated",
            })
    void whatLlamaCppWouldComputeOtherwiseIsRefused(String fixture, String why) throws Exception {
        Path model = copy(fixture);
        assertThatThrownBy(() -> export(model, GgufFileType.F32))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining(why);
        assertThat(folder.resolve("model.gguf")).doesNotExist();
    }

    @Test
    void aTokenizerThatLlamaCppLacksIsRefusedUnlessTokensAreSent() throws Exception {
        Path model = copy("tiny_llama_with_tokenizer");
        Path tokenizer = model.resolve("tokenizer.json");
        Files.writeString(
                tokenizer, Files.readString(tokenizer).replaceFirst("\"use_regex\":\\s*true", "\"use_regex\": false"));
        assertThatThrownBy(() -> export(model, GgufFileType.F32))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContainingAll("pre_tokenizer", "--token-ids", "inference.engine_prompt=ids");

        GgufExport.write(model, folder.resolve("model.gguf"), GgufFileType.F32, true, ProgressListener.NONE);
        assertThat(new GgufFile(folder.resolve("model.gguf")).metadata())
                .containsEntry("tokenizer.ggml.pre", "default");
    }

    private GgufFile export(Path model, GgufFileType type) throws IOException {
        Path file = folder.resolve("model.gguf");
        GgufExport.write(model, file, type, false, ProgressListener.NONE);
        return new GgufFile(file);
    }

    private Path copy(String fixture) throws IOException, URISyntaxException {
        Path source = Path.of(Objects.requireNonNull(GgufExportTest.class.getResource("/parity/" + fixture))
                .toURI());
        Path target = Files.createDirectories(folder.resolve("source"));
        for (String name : List.of("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")) {
            if (Files.exists(source.resolve(name))) {
                Files.copy(source.resolve(name), target.resolve(name));
            }
        }
        return target;
    }
}
