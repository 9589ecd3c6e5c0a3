package org.sqltune.workflow.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.evaluation.report.ReportReader;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.TestWorkspace;
import org.sqltune.workflow.Workspace;

/** Answers and models scored on a user's own questions over one SQLite file. */
class EvaluateTest {
    @TempDir
    private Path folder;

    private Workspace workspace;
    private Path questions;
    private Path database;

    @BeforeEach
    void makeData() throws IOException, SQLException {
        workspace = TestWorkspace.in(folder);
        database = folder.resolve("shop.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE item (name text, price real)");
            statement.executeUpdate("INSERT INTO item VALUES ('nail', 1), ('screw', 2)");
        }
        questions = Files.writeString(folder.resolve("questions.jsonl"), """
                {"id": "a", "question": "How many?", "sql": "SELECT count(*) FROM item"}
                {"id": "b", "question": "Which?", "sql": "SELECT name FROM item"}
                """);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void answersAreRunOnTheOneDatabaseThatTheSettingNames() throws IOException {
        Path answers = answers("a", "SELECT 2", "b", "SELECT price FROM item");
        EvaluateResult result = new Evaluate(workspace).run(ofAnswers(answers, ReportRequest.NONE));
        assertThat(result.report()).isNotNull();
        assertThat(result.report().value("execution_accuracy")).hasValue(0.5);
        assertThat(result.report().value("exact_match")).hasValue(0.0);
        assertThat(result.loss()).isNull();
        assertThat(result.comparison()).isNull();
        assertThat(result.report().provenance().model())
                .containsEntry("answers", answers.toString())
                .containsKey("answers_sha256");
    }

    @Test
    void executionAccuracyThatIsAskedForNeedsADatabase() throws IOException {
        Path answers = answers("a", "SELECT 2", "b", "SELECT price FROM item");
        EvaluateRequest asked = withoutDatabase(answers, "evaluation.metrics=execution_accuracy");
        assertThatThrownBy(() -> new Evaluate(workspace).run(asked))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        "evaluation.metrics: execution_accuracy can't be computed: there is no database")
                .hasMessageContaining("data.database");
        EvaluateRequest elsewhere =
                withoutDatabase(answers, "evaluation.metrics=execution_accuracy", "evaluation.database_path=" + folder);
        assertThatThrownBy(() -> new Evaluate(workspace).run(elsewhere))
                .hasMessageContaining("no question names a database that is in " + folder);
    }

    @Test
    void executionAccuracyThatIsOnlyTheDefaultIsLeftOut() throws IOException {
        Path answers = answers("a", "SELECT 2", "b", "SELECT price FROM item");
        EvaluateResult result = new Evaluate(workspace).run(withoutDatabase(answers));
        assertThat(result.report().value("exact_match")).isPresent();
        assertThat(result.report().value("execution_accuracy")).isEmpty();
    }

    private EvaluateRequest withoutDatabase(Path answers, String... keys) throws IOException {
        Path rows = Files.writeString(folder.resolve("rows.jsonl"), """
                {"id": "a", "question": "How many?", "schema": "TABLE: item ( name )", "sql": "SELECT count(*) FROM item"}
                {"id": "b", "question": "Which?", "schema": "TABLE: item ( name )", "sql": "SELECT name FROM item"}
                """);
        List<String> overrides = new ArrayList<>(List.of(keys));
        overrides.add("model.name=" + TestWorkspace.tinyModel());
        return new EvaluateRequest(
                new ModelRequest(RunRequest.of(null, overrides), null), rows, answers, false, ReportRequest.NONE);
    }

    @Test
    void reportsGoWhereTheyAreAskedFor() throws IOException {
        Path out = folder.resolve("out");
        Path file = folder.resolve("copy.json");
        ReportRequest reports = new ReportRequest(out, file, Map.of());
        EvaluateResult result =
                new Evaluate(workspace).run(ofAnswers(answers("a", "SELECT 2", "b", "SELECT 1"), reports));
        assertThat(file).hasSameTextualContentAs(out.resolve("report.json"));
        assertThat(out.resolve("report.html")).isNotEmptyFile();
        assertThat(ReportReader.read(out).value("execution_accuracy"))
                .isEqualTo(result.report().value("execution_accuracy"));
    }

    @Test
    void aScoreBelowTheLeastIsAFailureAndAnUnknownOneSuggestsTheNearest() throws IOException {
        EvaluateResult result =
                new Evaluate(workspace).run(ofAnswers(answers("a", "SELECT 2", "b", "SELECT 1"), ReportRequest.NONE));
        assertThatThrownBy(() -> least("execution_accuracy", 0.6).require(result.report()))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage("execution_accuracy is 0.5, --fail-under asks for 0.6");
        assertThatThrownBy(() -> least("execution_acuracy", 0.1).require(result.report()))
                .hasMessageEndingWith("; did you mean execution_accuracy?");
        least("execution_accuracy", 0.5).require(result.report());
        assertThatThrownBy(() -> least("exact_match", Double.NaN)).isInstanceOf(ConfigException.class);
    }

    @Test
    void aModelIsAskedOnItsQuestionsAndItsLossMeasured() {
        TestWorkspace.Tasks tasks = new TestWorkspace.Tasks();
        EvaluateResult result = new Evaluate(workspace)
                .run(ofModel("evaluation.metrics=[loss,exact_match]", "inference.max_new_tokens=2"), tasks);
        assertThat(result.loss()).isNotNull();
        assertThat(result.loss().loss()).isPositive();
        assertThat(result.report().value("exact_match")).hasValue(0.0);
        assertThat(result.report().provenance().model()).containsKey("weights_sha256");
        assertThat(tasks.begun.get(0)).isEqualTo("Reading the data");
        assertThat(tasks.begun).contains("Loading " + TestWorkspace.tinyModel(), "Answering", "Measuring the loss");
    }

    @Test
    void readyPromptsAreScoredByLossOnly() throws IOException {
        questions = TestWorkspace.tinyModel().resolve("data.jsonl");
        EvaluateResult result = new Evaluate(workspace).run(ofModel());
        assertThat(result.report()).isNull();
        assertThat(result.loss().targetTokens()).isPositive();
        assertThatThrownBy(() -> new Evaluate(workspace).run(ofModel("evaluation.metrics=exact_match")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("scored by --metrics loss");
    }

    @Test
    void whatCannotBeMeantTogetherIsRefusedAtOnce() {
        ModelRequest model = ModelRequest.of(null, null);
        assertThatThrownBy(() -> new EvaluateRequest(model, null, null, true, ReportRequest.NONE))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("name one with --adapter-path");
        assertThatThrownBy(() -> new EvaluateRequest(model, null, questions, true, ReportRequest.NONE))
                .hasMessageContaining("can't go with --answers");
    }

    @Test
    void twoReportsAreComparedQuestionByQuestion() throws IOException {
        Path before = folder.resolve("before");
        Path after = folder.resolve("after");
        new Evaluate(workspace).run(ofAnswers(answers("a", "SELECT 1", "b", "SELECT 1"), ReportRequest.into(before)));
        new Evaluate(workspace).run(ofAnswers(answers("a", "SELECT 2", "b", "SELECT 1"), ReportRequest.into(after)));
        Path out = folder.resolve("comparison");
        Comparison comparison = new CompareReports().run(new CompareReports.Request(before, after, out));
        assertThat(comparison.fixed())
                .singleElement()
                .satisfies(pair -> assertThat(pair.tuned().id()).isEqualTo("a"));
        assertThat(EvaluationSummaries.of(comparison).remarks()).contains("Fixed (1): a");
        assertThat(out.resolve("comparison.json")).isNotEmptyFile();
    }

    @Test
    void aSummaryLeavesTheScoresOfSingleDatabasesToThePage() throws IOException {
        EvaluateResult result =
                new Evaluate(workspace).run(ofAnswers(answers("a", "SELECT 2", "b", "SELEC"), ReportRequest.NONE));
        String headers = EvaluationSummaries.of(result.report()).tables().stream()
                .map(table -> table.header().get(0))
                .collect(Collectors.joining(" "));
        assertThat(headers).contains("category").doesNotContain("database");
    }

    private static ReportRequest least(String score, double value) {
        return new ReportRequest(null, null, Map.of(score, value));
    }

    private EvaluateRequest ofAnswers(Path answers, ReportRequest reports) {
        return new EvaluateRequest(
                model("evaluation.metrics=[execution_accuracy,exact_match]"), questions, answers, false, reports);
    }

    private EvaluateRequest ofModel(String... keys) {
        return new EvaluateRequest(model(keys), questions, null, false, ReportRequest.NONE);
    }

    private ModelRequest model(String... keys) {
        List<String> all = new ArrayList<>(List.of("model.name=" + TestWorkspace.tinyModel()));
        if (questions.startsWith(folder)) {
            all.add("data.database=" + database);
        }
        all.addAll(List.of(keys));
        return new ModelRequest(RunRequest.of(null, all), null);
    }

    private Path answers(String firstId, String first, String secondId, String second) throws IOException {
        return Files.writeString(
                folder.resolve("answers.jsonl"),
                "{\"id\": \"%s\", \"sql\": \"%s\"}\n{\"id\": \"%s\", \"prediction\": \"%s\"}\n"
                        .formatted(firstId, first, secondId, second));
    }
}
