package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.model.hub.DownloadDisplay;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.workflow.UserCache;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.evaluate.CompareReports;
import org.sqltune.workflow.evaluate.Evaluate;
import org.sqltune.workflow.evaluate.EvaluateRequest;
import org.sqltune.workflow.evaluate.ReportRequest;
import org.sqltune.workflow.train.Train;
import org.sqltune.workflow.train.TrainRequest;

/** A Java program that calls workflow, and the command line, make the same run of the same configuration. */
class SameRunFromJavaTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private Path config;
    private Path output;

    @BeforeEach
    void makeConfiguration() throws IOException, SQLException {
        Path database = folder.resolve("staff.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE staff (name text, salary real)");
            statement.executeUpdate("INSERT INTO staff VALUES ('Ada', 3), ('Grace', 4)");
        }
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), """
                {"id": "a", "question": "How many?", "sql": "SELECT count(*) FROM staff"}
                {"id": "b", "question": "Who earns most?", "sql": "SELECT name FROM staff ORDER BY salary DESC LIMIT 1"}
                {"id": "c", "question": "Who is there?", "sql": "SELECT name FROM staff"}
                {"id": "d", "question": "What do they earn?", "sql": "SELECT salary FROM staff"}
                """);
        output = folder.resolve("out");
        config = Files.writeString(folder.resolve("run.yaml"), """
                model: {name: '%s', dtype: fp32}
                lora: {r: 4, lora_alpha: 8, lora_dropout: 0.0, target_modules: [q_proj, v_proj]}
                data: {train_file: '%s', database: '%s', validation_split: 0.5, schema_sample_values: 2, prompt_format: plain}
                training: {output_dir: '%s', max_steps: 3, learning_rate: 0.01, logging_steps: 1}
                inference: {max_new_tokens: 8}
                """.formatted(
                        TestCli.tinyModel().toAbsolutePath().normalize(), rows, database, output));
    }

    @Test
    void promptsFiguresReportsAndHashesAreTheSame() throws IOException {
        commandLine("train", "--config", config.toString());
        Path first = Files.move(output, folder.resolve("by-command-line"));
        try (Workspace workspace = workspace()) {
            new Train(workspace).run(TrainRequest.of(config));
        }

        assertThat(output.resolve("final_model/adapter_model.safetensors"))
                .hasSameBinaryContentAs(first.resolve("final_model/adapter_model.safetensors"));
        assertThat(output.resolve("config.yaml")).hasSameTextualContentAs(first.resolve("config.yaml"));
        assertThat(lines(output.resolve("metrics.jsonl"))).isEqualTo(lines(first.resolve("metrics.jsonl")));
        for (String when : List.of("before", "after")) {
            String report = "evaluation/validation_" + when + "/report.json";
            assertThat(report(output.resolve(report))).isEqualTo(report(first.resolve(report)));
        }
        assertThat(output.resolve("run.html")).isNotEmptyFile();
    }

    @Test
    void trainsReportIsThatOfAnEvaluationOfWhatItLeft() throws IOException {
        commandLine("train", "--config", config.toString());
        // Which questions are held out is the run's choice: the same again, by its configuration and seed.
        Path scores = folder.resolve("scores");
        Path adapter = output.resolve("final_model");
        try (Workspace workspace = workspace()) {
            new Evaluate(workspace).run(EvaluateRequest.of(adapter, ReportRequest.into(scores)));
        }
        JsonNode evaluated = report(scores.resolve("report.json"));
        JsonNode trained = report(output.resolve("evaluation/validation_after/report.json"));
        assertThat(trained).isEqualTo(evaluated);
        assertThat(trained.findValuesAsText("adapter_sha256"))
                .hasSize(1)
                .first()
                .asString()
                .hasSize(64);
        assertThat(trained.findValuesAsText("weights_sha256")).hasSize(1);
        JsonNode before = report(output.resolve("evaluation/validation_before/report.json"));
        assertThat(before.findValuesAsText("adapter_sha256")).isEmpty();
        assertThat(before.findValuesAsText("sha256")).isEqualTo(trained.findValuesAsText("sha256"));

        commandLine(
                "eval",
                "--adapter-path",
                adapter.toString(),
                "--output-dir",
                folder.resolve("cli").toString());
        assertThat(report(folder.resolve("cli/report.json"))).isEqualTo(evaluated);
        assertThat(new CompareReports()
                        .run(new CompareReports.Request(folder.resolve("cli"), scores, null))
                        .broken())
                .isEmpty();
    }

    private void commandLine(String... arguments) {
        TestCli cli = new TestCli(folder.resolve("cache"));
        assertThat(cli.run(arguments)).as(cli::err).isZero();
    }

    private Workspace workspace() {
        HubSettings hub = HubSettings.of(Map.of("HF_HUB_OFFLINE", "1"), folder);
        return new Workspace(new UserCache(folder.resolve("cache")), () -> hub, DownloadDisplay.NONE);
    }

    /** But for the moment it was written, and the time answers took. */
    private static JsonNode report(Path file) throws IOException {
        return withoutTimes(JSON.readTree(file.toFile()));
    }

    private static JsonNode withoutTimes(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(List.of("created_at", "seconds", "prediction_seconds", "scoring_seconds"));
        }
        node.forEach(SameRunFromJavaTest::withoutTimes);
        return node;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(SameRunFromJavaTest::withoutTime)
                .toList();
    }

    private static JsonNode withoutTime(String line) {
        try {
            ObjectNode values = (ObjectNode) JSON.readTree(line);
            values.remove("seconds");
            return values;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
