package org.sqltune.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.data.PreparedFiles;
import org.sqltune.data.prompt.contract.ContractFile;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.data.source.PromptCompletionFile;
import org.sqltune.inference.AdapterSwitch;
import org.sqltune.inference.TextToSql;
import org.sqltune.inference.session.InteractiveSession;
import org.sqltune.model.hub.DownloadDisplay;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.workflow.answer.Answer;
import org.sqltune.workflow.answer.AnswerRequest;
import org.sqltune.workflow.answer.Answers;
import org.sqltune.workflow.evaluate.Evaluate;
import org.sqltune.workflow.evaluate.EvaluateRequest;
import org.sqltune.workflow.evaluate.EvaluateResult;
import org.sqltune.workflow.evaluate.ReportRequest;
import org.sqltune.workflow.model.MergeAdapter;
import org.sqltune.workflow.train.Train;
import org.sqltune.workflow.train.TrainRequest;

/** An adapter that was copied away from its run is asked, in every way there is, as it was trained. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CarriedPromptsTest {
    private static final Path MODEL =
            Path.of("..", "model", "src", "test", "resources", "parity", "tiny_llama_with_tokenizer");
    private static final String QUESTION = "Which songs are by Joe?";

    @TempDir
    private static Path folder;

    private Workspace workspace = Workspace.ofUser();
    private Path database = Path.of("music.sqlite");
    private Path rows = Path.of("rows.jsonl");
    private Path copy = Path.of("copy");
    private String prepared = "";

    @BeforeAll
    void trainAndCopy() throws IOException, SQLException {
        HubSettings offline = HubSettings.of(Map.of("HF_HUB_OFFLINE", "1"), folder);
        workspace = new Workspace(new UserCache(folder.resolve("cache")), () -> offline, DownloadDisplay.NONE);
        database = folder.resolve("music.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE singer (id INTEGER PRIMARY KEY, name TEXT -- the stage name\n)");
            statement.execute("CREATE TABLE song (title TEXT, singer_id INTEGER REFERENCES singer (id))");
            statement.execute("INSERT INTO singer VALUES (1, 'Joe'), (2, 'Ann'), (3, 'Eve'), (4, 'Zoe')");
            statement.execute("INSERT INTO song VALUES ('One', 1), ('Two', 1), ('Ünö', 2)");
        }
        rows = Files.writeString(
                folder.resolve("rows.jsonl"),
                "{\"id\": \"q\", \"question\": \"" + QUESTION + "\", \"sql\": \"SELECT title FROM song\"}\n");
        Files.writeString(folder.resolve("terms.jsonl"), "{\"term\": \"songs\", \"column\": \"song.title\"}\n");
        Files.writeString(folder.resolve("notes.md"), "Songs without a singer are left out.\n");
        Files.writeString(
                folder.resolve("solved.jsonl"),
                "{\"question\": \"Which songs are by Ann?\", \"sql\": \"SELECT 1\"}\n"
                        + "{\"question\": \"Songs of Joe\", \"sql\": \"SELECT 2\"}\n");
        RunRequest run = RunRequest.of(null, settings());
        new Train(workspace).run(new TrainRequest(run, false));
        copy = copied(folder.resolve("run/final_model"), folder.resolve("elsewhere/copy"));
        prepared = prepared(run.load(new RunConfigLoader()));
        // A model that was copied away has its knowledge with it.
        for (String each : List.of("terms.jsonl", "notes.md", "solved.jsonl")) {
            Files.delete(folder.resolve(each));
        }
    }

    @AfterAll
    void close() {
        workspace.close();
    }

    private List<String> settings() {
        return List.of(
                "model.name=" + MODEL,
                "model.device=cpu",
                "model.dtype=fp32",
                "lora.r=2",
                "data.train_file=" + rows,
                "data.database=" + database,
                "data.validation_split=0",
                "data.prompt_format=plain",
                "data.schema_format=create_table",
                "data.schema_sample_values=3",
                "data.value_links=2",
                "data.glossary=" + folder.resolve("terms.jsonl"),
                "data.examples=" + folder.resolve("solved.jsonl"),
                "data.documentation=" + folder.resolve("notes.md"),
                "data.retrieved_examples=1",
                "training.output_dir=" + folder.resolve("run"),
                "training.max_steps=2",
                "training.save_steps=1",
                "training.save_full_model=true",
                "training.check_memory=false");
    }

    private String prepared(RunConfig config) {
        PreparedFiles.ofPrompts(
                        folder.resolve("prepared"), workspace.templates().of(config))
                .write(Objects.requireNonNull(workspace.data().questions(config)));
        List<PromptCompletion> prompts = PromptCompletionFile.read(folder.resolve("prepared/train.jsonl"));
        return prompts.get(0).prompt();
    }

    private static Path copied(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
        return to;
    }

    @Test
    void everyFolderOfARunHasTheSameContract() {
        PromptContract contract = ContractFile.read(copy).orElseThrow();
        assertThat(contract.sampleValues()).isEqualTo(3);
        assertThat(contract.valueLinks()).isEqualTo(2);
        assertThat(contract.stop()).containsExactly("</s>");
        for (String each : List.of("checkpoint-1", "checkpoint-2", "final_model", "full_model")) {
            assertThat(ContractFile.read(folder.resolve("run").resolve(each)))
                    .as(each)
                    .contains(contract);
        }
    }

    @Test
    void aMergedModelKeepsItsAdaptersContract() {
        Path merged = folder.resolve("merged");
        new MergeAdapter(workspace)
                .run(new MergeAdapter.Request(copy, MODEL.toString(), merged, 1L << 30), TaskListener.NONE);
        assertThat(ContractFile.read(merged)).isEqualTo(ContractFile.read(copy));
        assertThat(prompt(ofModel(merged.toString()))).isEqualTo(prepared);
    }

    @Test
    void thePromptIsKnownWithoutTheModel() {
        assertThat(prepared)
                .contains(
                        "'Joe', 'Ann', 'Eve'",
                        "FOREIGN KEY",
                        "-- Example: Songs of Joe\n-- SQL: SELECT 2\n"
                                + "-- Note: Songs without a singer are left out.\n-- Terms: songs = song.title\n"
                                + "-- Values: singer.name = 'Joe'\n-- Which")
                .doesNotContain("Zoe", "stage name");
        assertThat(prompt(request())).isEqualTo(prepared);
    }

    @Test
    void theModelIsAskedExactlyThat() {
        try (Answers answers = new Answer(workspace).open(request())) {
            TextToSql model = answers.model();
            assertThat(model.prompt(QUESTION, model.schema(database.toString())))
                    .isEqualTo(prepared);
        }
    }

    @Test
    void aJavaProgramThatKnowsTheFoldersAloneAsksTheSame() {
        try (TextToSql model = TextToSql.load(MODEL.toString(), copy)) {
            assertThat(model.prompt(QUESTION, model.schema(database.toString())))
                    .isEqualTo(prepared);
        }
    }

    @Test
    void aSessionAsksTheSame() throws IOException {
        List<SqlQuestion> asked = new ArrayList<>();
        try (Answers answers = new Answer(workspace).open(request());
                Terminal terminal = typing(QUESTION)) {
            new InteractiveSession(
                            (questions, progress) -> {
                                asked.addAll(questions);
                                return List.of(new SqlPrediction("1", "SELECT 1", 1, 0));
                            },
                            AdapterSwitch.NONE,
                            answers.model().schema(database.toString()),
                            new NamedDatabase(NamedDatabase.Kind.FILE, database.toString()).queries(),
                            QueryLimits.DEFAULTS,
                            terminal,
                            folder.resolve("history"))
                    .run();
            assertThat(asked).hasSize(1);
            assertThat(answers.model().prompt(asked.get(0))).isEqualTo(prepared);
        }
    }

    private static Terminal typing(String line) throws IOException {
        return new DumbTerminal(
                "test",
                Terminal.TYPE_DUMB,
                new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream(),
                StandardCharsets.UTF_8);
    }

    @Test
    void anEvaluationAsksTheSame() {
        ModelRequest model = new ModelRequest(
                RunRequest.of(null, List.of("model.name=" + MODEL, "data.database=" + database)), copy);
        EvaluateResult result =
                new Evaluate(workspace).run(new EvaluateRequest(model, rows, null, false, ReportRequest.NONE));

        Hasher expected = Hashing.sha256().newHasher();
        for (String text : List.of("q", prepared)) {
            expected.putString(text, StandardCharsets.UTF_8).putByte((byte) 0);
        }
        assertThat(Objects.requireNonNull(result.report()).provenance().prompt())
                .containsEntry("sha256", expected.hash().toString())
                .containsEntry("format", "plain");
    }

    @Test
    void aFileOfQuestionsGivesAFileOfPrompts() throws IOException {
        Path output = folder.resolve("prompts.jsonl");
        new Answer(workspace).prompts(request()).writeFile(rows, output, Writer.nullWriter());
        assertThat(Files.readString(output))
                .startsWith("{\"id\":\"q\",\"prompt\":\"CREATE TABLE singer")
                .endsWith("-- " + QUESTION + "\\n\"}\n");
    }

    @Test
    void aSettingThatIsTypedWins() {
        assertThat(prompt(request("data.schema_sample_values=0", "data.value_links=0")))
                .doesNotContain("Joe'")
                .contains("FOREIGN KEY");
        assertThat(prompt(request("data.schema_sample_values=0"))).contains("-- Values: singer.name = 'Joe'");
    }

    @Test
    void aGlossaryThatIsTypedMustNameColumnsOfTheDatabase() throws IOException {
        Path terms = Files.writeString(
                folder.resolve("other.jsonl"), "\n{\"term\": \"tracks\", \"column\": \"song.name\"}\n");
        assertThatThrownBy(() -> prompt(request("data.glossary=" + terms)))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith(
                        terms + ", line 2: tracks names the column song.name, which music doesn't have");

        Files.writeString(terms, "{\"term\": \"songs\", \"meaning\": \"tracks\"}\n");
        assertThat(prompt(request("data.glossary=" + terms)))
                .isEqualTo(prepared.replace("songs = song.title", "songs = tracks"));
    }

    @Test
    void aGlossaryOfARunMustNameColumnsOfItsData() throws IOException {
        Path terms = Files.writeString(
                folder.resolve("wrong.jsonl"), "{\"term\": \"tracks\", \"column\": \"track.title\"}\n");
        RunConfig config = RunRequest.of(
                        null,
                        List.of(
                                "data.train_file=" + rows,
                                "data.database=" + database,
                                "data.validation_split=0",
                                "data.glossary=" + terms))
                .load(new RunConfigLoader());
        assertThatThrownBy(() -> workspace.data().read(config))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith(
                        terms + ", line 1: tracks names the column track.title, which music doesn't have");
    }

    @Test
    void aDamagedContractIsNotReplacedByAnything() throws IOException {
        Path broken = copied(copy, folder.resolve("broken"));
        Files.writeString(broken.resolve("sqltune.json"), "{}");
        AnswerRequest request = AnswerRequest.of(broken, database.toString());
        assertThatThrownBy(() -> new Answer(workspace).prompts(request))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageStartingWith(broken.resolve("sqltune.json") + ": format_version is nothing instead of 1");
    }

    private String prompt(AnswerRequest request) {
        return new Answer(workspace).prompts(request).prompt(QUESTION);
    }

    private AnswerRequest request(String... overrides) {
        List<String> all = new ArrayList<>(List.of("model.name=" + MODEL));
        all.addAll(List.of(overrides));
        return request(all, copy);
    }

    private AnswerRequest ofModel(String name) {
        return request(List.of("model.name=" + name), null);
    }

    private AnswerRequest request(List<String> overrides, @Nullable Path adapter) {
        return new AnswerRequest(
                new ModelRequest(RunRequest.of(null, overrides), adapter), Map.of(), database.toString(), null);
    }
}
