package org.sqltune.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;

class ModelChatTest {
    @TempDir
    Path folder;

    @Test
    void theTemplateIsThatOfTheTokenizersSettings() throws IOException {
        write("tokenizer_config.json", """
                {"chat_template": "config", "bos_token": "<s>", "eos_token": {"content": "</s>", "lstrip": false}, "pad_token": null}
                """);
        write(
                "special_tokens_map.json",
                "{\"unk_token\": \"<unk>\", \"pad_token\": \"<pad>\", \"bos_token\": \"other\"}");

        ModelChat chat = ModelChat.read(folder);

        assertThat(chat.template()).isEqualTo("config");
        assertThat(chat.source()).isEqualTo("chat_template of " + folder.resolve("tokenizer_config.json"));
        assertThat(chat.specialTokens())
                .isEqualTo(Map.of("bos_token", "<s>", "eos_token", "</s>", "unk_token", "<unk>"));
    }

    @Test
    void theFileWinsOverTheSettings() throws IOException {
        write("tokenizer_config.json", "{\"chat_template\": \"config\"}");
        write("chat_template.jinja", "file\n");

        assertThat(ModelChat.read(folder).template()).isEqualTo("file\n");
    }

    @Test
    void ofAListOfTemplatesTheDefaultIsMeant() throws IOException {
        write("tokenizer_config.json", """
                {"chat_template": [{"name": "tool_use", "template": "tools"}, {"name": "default", "template": "usual"}]}
                """);
        assertThat(ModelChat.read(folder).template()).isEqualTo("usual");

        write("tokenizer_config.json", "{\"chat_template\": [{\"name\": \"tool_use\", \"template\": \"tools\"}]}");
        assertThatThrownBy(() -> ModelChat.read(folder))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("chat_template is a list of templates without one named default");
    }

    @Test
    void aModelMayHaveNone() throws IOException {
        assertThat(ModelChat.read(folder).template()).isNull();
        write("tokenizer_config.json", "{\"chat_template\": null}");
        assertThat(ModelChat.read(folder).template()).isNull();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
