package org.sqltune.workflow.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.torch.Torch;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.TestWorkspace;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.answer.Answer;
import org.sqltune.workflow.answer.AnswerRequest;
import org.sqltune.workflow.answer.Answers;
import org.sqltune.workflow.data.PrepareData;
import org.sqltune.workflow.train.Train;
import org.sqltune.workflow.train.TrainRequest;

/** Whole files of every kind in a folder, and for each kind what a user does with it. */
final class Readers implements AutoCloseable {
    private static final List<String> TEXTS =
            List.of("SELECT name FROM singer WHERE age > 20", "a".repeat(40) + "é漢\u0000\t🙂 <s> [INST] </s>", "");
    private static final String TABLES = "TABLE: staff ( name (text) )";

    private final Path whole;
    private final Path copy;
    private final Workspace workspace;
    private final Torch torch = Torch.cpu();

    /** Writes the whole files: a model, one in shards, a run with a checkpoint, rows and a database. */
    Readers(Path folder) throws IOException {
        Torch.setThreads(1);
        whole = folder.resolve("whole");
        copy = folder.resolve("copy");
        workspace = TestWorkspace.in(folder);
        copy(TestWorkspace.tinyModel(), whole.resolve("model"));
        copy(TestWorkspace.tinyModel().resolveSibling("sharded"), whole.resolve("sharded"));
        rows(Files.createDirectories(whole.resolve("rows")));
        new Train(workspace).run(training(whole.resolve("model"), whole.resolve("run"), false));
    }

    private static void rows(Path rows) throws IOException {
        String row = "{\"question\": \"Who?\", \"schema\": \"" + TABLES + "\", \"sql\": \"SELECT name FROM staff\"}";
        Files.writeString(rows.resolve("rows.jsonl"), (row + "\n").repeat(4));
        Files.writeString(rows.resolve("rows.json"), "[" + row + "," + row + "]");
        Files.writeString(
                rows.resolve("rows.csv"),
                "question,schema,sql\n" + "\"Who, now?\",TABLE: t ( a (text) ),SELECT 1\n".repeat(4));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + rows.resolve("shop.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE staff (id INTEGER PRIMARY KEY, name TEXT, boss INTEGER REFERENCES staff)");
            statement.execute("CREATE VIEW bosses AS SELECT * FROM staff WHERE boss IS NULL");
            statement.execute("INSERT INTO staff (name) VALUES ('Ann'), ('Bo')");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static TrainRequest training(Path model, Path run, boolean resume) {
        return new TrainRequest(
                RunRequest.of(
                        null,
                        List.of(
                                "model.name=" + model,
                                "lora.r=2",
                                "data.train_file="
                                        + model.resolveSibling("rows").resolve("rows.jsonl"),
                                "training.output_dir=" + run,
                                "training.max_steps=2",
                                "training.save_steps=1",
                                "inference.max_new_tokens=2")),
                resume);
    }

    /** The whole content of a file. */
    byte[] content(DamagedFile file) throws IOException {
        return Files.readAllBytes(whole.resolve(file.path()));
    }

    /** The folder that errors may name. */
    Path folder() {
        return copy;
    }

    /** Does what a user does with such a file, with this content in its place, and everything else whole. */
    void use(DamagedFile file, byte... content) throws IOException {
        AtomicFiles.deleteRecursively(copy);
        copy(whole, copy);
        Files.write(copy.resolve(file.path()), content);
        switch (file) {
            case CONFIG, GENERATION_CONFIG, TOKENIZER, TOKENIZER_CONFIG, WEIGHTS -> ask(false);
            case ADAPTER_CONFIG, ADAPTER_WEIGHTS -> ask(true);
            case INDEX, SHARD -> askShards();
            case CONTRACT -> answer();
            case RUN_CONFIG -> new RunConfigLoader(path -> true).load(copy.resolve(file.path()), List.of());
            case CHECKPOINT_STATE, CHECKPOINT_MOMENTS, CHECKPOINT_WEIGHTS, METRICS -> resume();
            case ROWS_JSONL, ROWS_JSON, ROWS_CSV -> prepare("data.train_file=" + copy.resolve(file.path()));
            case DATABASE ->
                prepare(
                        "data.train_file=" + copy.resolve(DamagedFile.ROWS_JSONL.path()),
                        "data.database=" + copy.resolve(file.path()));
        }
    }

    private void ask(boolean adapted) {
        Path folder = copy.resolve("model");
        try (LanguageModel model = LanguageModel.load(torch, folder, null);
                TextGenerator generator = model.newGenerator()) {
            if (adapted) {
                model.loadAdapter(folder.resolve("trained_adapter"));
            }
            for (String text : TEXTS) {
                long[] ids = model.tokenizer().encodePrompt(text);
                model.tokenizer().encodeCompletion(text);
                if (ids.length > 0) {
                    long[] answer = generator.generate(ids, new GenerationSettings(0, 1, 3, 0));
                    model.tokenizer().decode(answer);
                }
                model.tokenizer().decode(ids);
            }
        }
    }

    /** That fixture has no tokenizer of its own. */
    private void askShards() throws IOException {
        for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(
                    copy.resolve("model").resolve(name), copy.resolve("sharded").resolve(name));
        }
        try (LanguageModel model = LanguageModel.load(torch, copy.resolve("sharded"), null)) {
            model.newGenerator().close();
        }
    }

    private void answer() {
        ModelRequest model = new ModelRequest(
                RunRequest.of(null, List.of("model.name=" + copy.resolve("model"), "inference.max_new_tokens=2")),
                copy.resolve("run/final_model"));
        try (Answers answers = new Answer(workspace).open(new AnswerRequest(model, Map.of(), null, TABLES))) {
            answers.answer("Who?");
        }
    }

    private void resume() throws IOException {
        AtomicFiles.deleteRecursively(copy.resolve("run/checkpoint-2"));
        new Train(workspace).run(training(copy.resolve("model"), copy.resolve("run"), true));
    }

    private void prepare(String... keys) {
        List<String> all = new ArrayList<>(List.of(keys));
        all.add("data.validation_split=0.5");
        RunConfig config = new RunConfigLoader().load(null, all);
        new PrepareData(workspace)
                .run(
                        new PrepareData.Request(config, copy.resolve("prepared"), PrepareData.Rows.PROMPTS),
                        TaskListener.NONE);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    @Override
    public void close() {
        workspace.close();
        torch.close();
    }
}
