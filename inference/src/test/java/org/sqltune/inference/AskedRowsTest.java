package org.sqltune.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.model.tokenizer.ModelChat;

/** Files of prompts, messages and instructions: what the model is asked. */
class AskedRowsTest {
    private static final String ROWS = """
            {"id": "q", "question": "How many?", "schema": "TABLE: t ( a )"}
            {"id": "p", "prompt": "Own words"}
            {"id": "m", "messages": [{"role": "system", "content": "S"}, {"role": "user", "content": "a"}, {"role": "assistant", "content": "gold"}]}
            {"id": "s", "conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}, {"from": "human", "value": "c"}]}
            {"id": "l", "prompt": [{"role": "user", "content": "a"}], "completion": [{"role": "assistant", "content": "gold"}]}
            {"id": "i", "instruction": "Translate", "input": "how many", "output": "gold"}
            """;
    private static final String CHAT = "{{ bos_token }}{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}"
            + "{% if add_generation_prompt %}<assistant>{% endif %}";

    @TempDir
    Path folder;

    @Test
    void conversationsAreAskedByTheModelsOwnTemplateAndTextsAsTheyAre() throws IOException {
        PromptContract contract = PromptContract.of(DataSettings.defaults());

        assertThat(prompts(contract, new ModelChat(CHAT, "model", Map.of("bos_token", "^"))))
                .containsExactly(
                        "{\"id\":\"q\",\"prompt\":\"[INST] Write the SQL query.\\nSchema:\\nTABLE: t ( a )\\nQuestion: How many? [/INST]\"}",
                        "{\"id\":\"p\",\"prompt\":\"Own words\"}",
                        "{\"id\":\"m\",\"prompt\":\"^<system>S<user>a<assistant>\"}",
                        "{\"id\":\"s\",\"prompt\":\"^<user>a<assistant>b<user>c<assistant>\"}",
                        "{\"id\":\"l\",\"prompt\":\"^<user>a<assistant>\"}",
                        "{\"id\":\"i\",\"prompt\":\"Translate\\n\\nhow many\"}");
    }

    @Test
    void aModelThatWasTrainedWithATemplateIsAskedEverythingByIt() throws IOException {
        PromptContract contract = PromptContract.ofTraining(DataSettings.defaults(), false, CHAT, List.of("</s>"), 64);

        assertThat(prompts(contract, new ModelChat("another", "model", Map.of("bos_token", "^"))))
                .startsWith(
                        "{\"id\":\"q\",\"prompt\":\"^<user>Write the SQL query.\\nSchema:\\nTABLE: t ( a )\\nQuestion: How many?<assistant>\"}",
                        "{\"id\":\"p\",\"prompt\":\"^<user>Own words<assistant>\"}",
                        "{\"id\":\"m\",\"prompt\":\"^<system>S<user>a<assistant>\"}");
    }

    @Test
    void answersNameWhatWasAskedLast() throws IOException {
        Path file = Files.writeString(folder.resolve("rows.csv"), "id,prompt\nx,Own words\n");
        StringWriter out = new StringWriter();

        new BatchInference(new FakePredictor(Map.of("Own words", "SELECT 1")), null)
                .run(file, out, (done, of, message) -> {});

        assertThat(out.toString())
                .isEqualTo("{\"id\":\"x\",\"question\":\"Own words\",\"sql\":\"SELECT 1\",\"seconds\":0.25}\n");
    }

    @Test
    void aBrokenRowIsNamed() throws IOException {
        Path file = Files.writeString(
                folder.resolve("rows.jsonl"), "{\"messages\": [{\"role\": \"assistant\", \"content\": \"gold\"}]}");

        assertThatThrownBy(() -> file(PromptContract.of(DataSettings.defaults()), new ModelChat(null, "", Map.of()))
                        .write(file, new StringWriter()))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage(file + " line 1: the messages hold an answer and no question; add what is asked");
    }

    private List<String> prompts(PromptContract contract, ModelChat own) throws IOException {
        StringWriter out = new StringWriter();
        file(contract, own).write(Files.writeString(folder.resolve("rows.jsonl"), ROWS), out);
        return out.toString().lines().toList();
    }

    private static PromptFile file(PromptContract contract, ModelChat own) {
        return new PromptFile(
                new ModelPrompts(contract, String::length, () -> own), Set.of(), databaseId -> Optional.empty());
    }
}
