package org.sqltune.workflow.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.TestWorkspace;
import org.sqltune.workflow.Workspace;

class AnswerTest {
    @TempDir
    private Path folder;

    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() {
        workspace = TestWorkspace.in(folder);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void aQuestionIsAnsweredAndQueriesAreRunOnTheNamedDatabase() {
        TestWorkspace.Tasks tasks = new TestWorkspace.Tasks();
        try (Answers answers = new Answer(workspace).open(request("retail", null), tasks)) {
            String first = answers.answer("How many?");
            assertThat(answers.answer("How many?")).isEqualTo(first);
            assertThat(answers.execute("SELECT 1 + 1").rows()).hasSize(1);
            assertThatThrownBy(() -> answers.execute("DROP TABLE x")).isInstanceOf(SqlExecutionException.class);
        }
        assertThat(tasks.begun).containsExactly("Loading " + TestWorkspace.tinyModel());
    }

    @Test
    void aSchemaMayBeATextOrAFile() throws IOException {
        String text = "TABLE: staff ( name (text) )";
        Path file = Files.writeString(folder.resolve("schema.txt"), text);
        assertThat(prompt(null, file.toString())).isEqualTo(prompt(null, text)).contains(text);
    }

    @Test
    void aFileOfQuestionsIsAnsweredIntoAFileOrAWriter() throws IOException {
        Path questions = Files.writeString(folder.resolve("q.jsonl"), "{\"id\": \"x\", \"question\": \"Who?\"}\n");
        Path output = folder.resolve("deep/answers.jsonl");
        StringWriter written = new StringWriter();
        try (Answers answers = new Answer(workspace).open(request(null, "TABLE: staff ( name (text) )"))) {
            FolderLock.whileWriting(output, "--output", () -> {
                assertThatThrownBy(() -> answers.answerFile(questions, output, written))
                        .isInstanceOf(ConfigException.class)
                        .hasMessageContaining("is in use by another run of this process");
                return output;
            });
            answers.answerFile(questions, output, written);
            assertThat(written.toString()).isEmpty();
            answers.answerFile(questions, null, written);
        }
        assertThat(output).content().contains("\"id\":\"x\"", "\"sql\":");
        assertThat(written.toString()).contains("\"id\":\"x\"");
    }

    @Test
    void everyDemoDatabaseHasAnExample() {
        try (Answers answers = new Answer(workspace).open(request(null, null))) {
            assertThat(answers.answerExamples())
                    .hasSize(5)
                    .extracting(each -> each.question().databaseId())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void whatIsMissingIsSaidBeforeAModelIsLoaded() {
        Answer answer = new Answer(workspace);
        assertThatThrownBy(() -> answer.requireTables(request(null, null)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("which tables?")
                .hasMessageEndingWith(", or --schema TEXT");
        assertThatThrownBy(() -> answer.requireDatabase(request(null, "TABLE: t ( c (text) )")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("which tables?");
        assertThatThrownBy(() -> answer.requireTables(request(folder.toString(), null)))
                .hasMessageContaining("holds several databases");
        assertThatThrownBy(() -> request("retail", "TABLE: t ( c (text) )")).hasMessageContaining("not both");
        answer.requireTables(request(null, "TABLE: t ( c (text) )"));
    }

    @Test
    void anAdapterThatIsNotThereIsNamed() {
        AnswerRequest request =
                new AnswerRequest(model(), Map.of("more", folder.resolve("missing")), null, "TABLE: t ( c (text) )");
        assertThatThrownBy(() -> new Answer(workspace).open(request))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("--adapter more " + folder.resolve("missing") + ": there is no such folder");
    }

    private String prompt(@Nullable String database, @Nullable String schema) {
        return new Answer(workspace).prompts(request(database, schema)).prompt("Who?");
    }

    private static AnswerRequest request(@Nullable String database, @Nullable String schema) {
        return new AnswerRequest(model(), Map.of(), database, schema);
    }

    private static ModelRequest model() {
        return new ModelRequest(
                RunRequest.of(null, List.of("model.name=" + TestWorkspace.tinyModel(), "inference.max_new_tokens=3")),
                null);
    }
}
