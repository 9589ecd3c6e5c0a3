package org.sqltune.workflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.training.loop.TrainingPipeline.RunData;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.TestWorkspace;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.data.PrepareData.Rows;

/** Rows of other tools, prepared, and read again as a run reads them. */
class PreparedChatsTest {
    private static final String ASSISTANT = "{\"role\":\"assistant\",\"content\":\"SELECT 1\"}]}";

    @TempDir
    Path folder;

    static Stream<Arguments> rows() {
        return Stream.of(
                Arguments.of(
                        "share.json",
                        "[{\"conversations\": [{\"from\": \"human\", \"value\": \"q\"}, {\"from\": \"gpt\", \"value\": \"SELECT 1\"}]}]",
                        "{\"id\":\"share-1\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}," + ASSISTANT),
                Arguments.of(
                        "trl.jsonl",
                        "{\"prompt\": [{\"role\": \"user\", \"content\": \"q\"}], \"completion\": [{\"role\": \"assistant\","
                                + " \"content\": \"SELECT 1\"}]}",
                        "{\"id\":\"trl-1\",\"prompt\":[{\"role\":\"user\",\"content\":\"q\"}],\"completion\":["
                                + ASSISTANT),
                Arguments.of(
                        "alpaca.csv",
                        "instruction,input,output\nTranslate,q,SELECT 1\n",
                        "{\"id\":\"alpaca-2\",\"prompt\":\"Translate\\n\\nq\",\"completion\":\"SELECT 1\"}"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatIsPreparedIsTrainedOnLikeTheRows(String name, String text, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        Path out = folder.resolve("out");

        try (Workspace workspace = TestWorkspace.in(folder)) {
            PrepareData.Result result = new PrepareData(workspace)
                    .run(new PrepareData.Request(config(file), out, Rows.PROMPTS), TaskListener.NONE);

            assertThat(out.resolve("train.jsonl")).hasContent(expected);
            assertThat(result.counts().get(0).rowsOut()).isEqualTo(1);
            assertThat(workspace
                            .data()
                            .read(config(out.resolve("train.jsonl")))
                            .prompts()
                            .train())
                    .isEqualTo(workspace.data().read(config(file)).prompts().train());
        }
    }

    @Test
    void conversationsAreWrittenByTheTemplateThatIsNamed() throws IOException {
        Path file = Files.writeString(
                folder.resolve("m.jsonl"),
                "{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"a\"}]}");
        Path template = Files.writeString(
                folder.resolve("t.jinja"), "{% for m in messages %}{{ m.role[0] }}({{ m.content }}){% endfor %}");

        try (Workspace workspace = TestWorkspace.in(folder)) {
            PromptCompletion chat = workspace
                    .data()
                    .read(config(file, "data.chat_template=" + template, "data.system_prompt=Short."))
                    .prompts()
                    .train()
                    .get(0);

            assertThat(chat.prompt() + "|" + chat.completion()).isEqualTo("s(Short.)u(q)|a(a)");
            assertThatThrownBy(() -> workspace.data().read(config(file, "data.chat_template=model")))
                    .isInstanceOf(SqlTuneException.class)
                    .hasMessageContaining("data.chat_template is model, but there is no chat_template of");
        }
    }

    @Test
    void dataSetsAreMixedByWeight() throws IOException {
        Path chats = Files.writeString(
                folder.resolve("m.jsonl"),
                "{\"messages\": [{\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"a\"}]}");
        Path questions = Files.writeString(folder.resolve("q.jsonl"), """
                {"question": "Q1", "schema": "t(a)", "sql": "SELECT 1"}
                {"question": "Q2", "schema": "t(a)", "sql": "SELECT 2"}
                {"question": "Q3", "schema": "t(a)", "sql": "SELECT 3"}
                """);
        Path yaml = Files.writeString(
                folder.resolve("mix.yaml"), """
                model: {name: %s}
                data:
                  validation_split: 0
                  mix:
                    - {file: %s}
                    - {file: %s}
                """.formatted(TestWorkspace.tinyModel(), chats, questions));
        RunConfig config = new RunConfigLoader(path -> true).load(yaml, List.of());

        try (Workspace workspace = TestWorkspace.in(folder)) {
            RunData data = workspace.data().read(config);

            assertThat(data.prompts().train())
                    .extracting(PromptCompletion::id)
                    .hasSize(4)
                    .contains("m.jsonl:m-1", "m.jsonl:m-1#2");
            assertThat(data.questions()).isNotNull();
            assertThat(data.questions().train()).hasSize(2);
            assertThat(data.prompts().notes())
                    .contains("m.jsonl: 2 training examples are drawn from 1 (weight 1.0, seed 42).");
            assertThat(workspace.data().read(config).prompts()).isEqualTo(data.prompts());
            PrepareData.Result result = new PrepareData(workspace)
                    .run(new PrepareData.Request(config, folder.resolve("out"), Rows.PROMPTS), TaskListener.NONE);
            assertThat(result.files().get(0).rows()).isEqualTo(4);
            assertThat(workspace
                            .data()
                            .read(config(folder.resolve("out/train.jsonl")))
                            .prompts()
                            .train())
                    .isEqualTo(data.prompts().train());
        }
    }

    private static RunConfig config(Path file, String... more) {
        List<String> overrides = Stream.concat(
                        Stream.of("data.train_file=" + file, "model.name=" + TestWorkspace.tinyModel()),
                        Stream.of(more))
                .toList();
        return new RunConfigLoader(path -> true).load(null, overrides);
    }
}
