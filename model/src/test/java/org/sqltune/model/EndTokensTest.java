package org.sqltune.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.tokenizer.Tokenizer;

/** What is said where a model's files disagree on what ends a text. */
class EndTokensTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void copy() {
        TestFolders.copyFixture("tiny_llama_with_tokenizer", folder);
    }

    @Test
    void filesThatAgreeNeedNoLine() {
        assertThat(remark()).isEmpty();
    }

    @Test
    void aTokenizerWithAnotherEndIsTold() {
        TestFolders.editJson(folder.resolve("config.json"), config -> config.put("eos_token_id", 5));
        assertThat(remark())
                .startsWith(folder + ": tokenizer_config.json ends a text with </s> (2), config.json")
                .contains("(5): each of them ends an answer");
    }

    @Test
    void noEndAtAllIsTold() throws IOException {
        Files.deleteIfExists(folder.resolve("generation_config.json"));
        TestFolders.editJson(folder.resolve("config.json"), config -> config.putNull("eos_token_id"));
        TestFolders.editJson(folder.resolve("tokenizer_config.json"), config -> config.putNull("eos_token"));
        assertThat(remark()).contains("names no token that ends a text", "inference.max_new_tokens");
    }

    private String remark() {
        DecoderConfig config = DecoderConfigReader.read(folder);
        try (Tokenizer tokenizer = Tokenizer.load(folder, config)) {
            return new EndTokens(config, tokenizer).remark(folder).orElse("");
        }
    }
}
