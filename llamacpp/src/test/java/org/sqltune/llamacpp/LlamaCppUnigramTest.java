package org.sqltune.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.deployment.export.GgufExport;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.tokenizer.Tokenizer;

/** SentencePiece's unigram tokenizers, as sqltune-nano has: llama.cpp cuts texts into the same tokens. */
class LlamaCppUnigramTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> PIECES = List.of(
            "SELECT▁", "▁FROM▁", "▁WHERE▁", "count", "(*)", "singer", "sing", "er", "the▁", "▁=▁'", "T1", ".", "name",
            "'", "é", "\n", "▁");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM singers WHERE name = 'René'",
                "SELECT T1.name FROM the singer\nsinger  two",
                "ererer singsinger (*)(*)",
                ""
            })
    void textsBecomeTheSameTokens(String text) throws Exception {
        Path model = model(unigram());
        Path file = folder.resolve("unigram.gguf");
        GgufExport.write(model, file, GgufFileType.F32, false, ProgressListener.NONE);

        try (Tokenizer tokenizer = Tokenizer.load(model, DecoderConfigReader.read(model));
                LlamaModel llama = new LlamaModel(
                        new ModelParameters().setModel(file.toString()).setCtxSize(64))) {
            assertThat(llama.encode(text))
                    .isEqualTo(Arrays.stream(tokenizer.encode(text))
                            .mapToInt(id -> (int) id)
                            .toArray());
        }
    }

    @Test
    void oneThatChangesTextsOtherwiseIsRefused() throws Exception {
        ObjectNode tokenizer = unigram();
        tokenizer.putObject("pre_tokenizer").put("type", "Digits").put("individual_digits", true);
        Path model = model(tokenizer);

        assertThatThrownBy(() -> GgufExport.write(
                        model, folder.resolve("no.gguf"), GgufFileType.F32, false, ProgressListener.NONE))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("cuts texts by a rule that llama.cpp doesn't have");
    }

    private Path model(ObjectNode tokenizer) throws IOException, URISyntaxException {
        Path source = Path.of(
                Objects.requireNonNull(LlamaCppUnigramTest.class.getResource("/parity/tiny_llama_with_tokenizer"))
                        .toURI());
        Path target = Files.createDirectories(folder.resolve("model"));
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(source.resolve(name), target.resolve(name));
        }
        JSON.writeValue(target.resolve("tokenizer.json").toFile(), tokenizer);
        Files.writeString(
                target.resolve("tokenizer_config.json"),
                "{\"bos_token\": \"<s>\", \"eos_token\": \"</s>\", \"add_bos_token\": true}");
        return target;
    }

    private static ObjectNode unigram() {
        ObjectNode tokenizer = JSON.createObjectNode().put("version", "1.0");
        ArrayNode added = tokenizer.putArray("added_tokens");
        ArrayNode vocabulary = JSON.createArrayNode();
        for (String special : List.of("<unk>", "<s>", "</s>")) {
            added.addObject()
                    .put("id", added.size() - 1)
                    .put("content", special)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
            vocabulary.addArray().add(special).add(0.0);
        }
        for (int i = 0; i < PIECES.size(); i++) {
            vocabulary.addArray().add(PIECES.get(i)).add(-3 - i / 8.0);
        }
        for (char c = '!'; c <= '~'; c++) {
            if (!PIECES.contains(String.valueOf(c))) {
                vocabulary.addArray().add(String.valueOf(c)).add(-9 - c / 256.0);
            }
        }
        ObjectNode marks =
                tokenizer.putObject("normalizer").put("type", "Replace").put("content", "▁");
        marks.putObject("pattern").put("String", " ");
        tokenizer.putNull("pre_tokenizer").putNull("post_processor").putNull("decoder");
        tokenizer
                .putObject("model")
                .put("type", "Unigram")
                .put("unk_id", 0)
                .put("byte_fallback", true)
                .set("vocab", vocabulary);
        return tokenizer;
    }
}
