package org.sqltune.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.EvaluationSettings;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.QueryResult;
import org.sqltune.core.sql.SqlExecutor;
import org.sqltune.core.sql.worker.SqliteDatabases;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.evaluation.EvaluationReport.GoldFailure;
import org.sqltune.evaluation.EvaluationReport.GroupScore;
import org.sqltune.evaluation.metric.DistinctRule;
import org.sqltune.evaluation.metric.ExecutionOutcome;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.ReportTables;

class EvaluatorTest {
    private static final Set<Metric> BOTH = EnumSet.of(Metric.EXECUTION_ACCURACY, Metric.EXACT_MATCH);

    @TempDir
    Path folder;

    private final List<Example> examples = List.of(
            example("e0", "pets", "SELECT count(*) FROM pet"),
            example("e1", "pets", "SELECT name FROM pet WHERE id = 1"),
            example("e2", "wta_1", "SELECT 1"),
            example("e3", "pets", "SELECT broken FROM pet"),
            example("e4", "shops", "SELECT s.name FROM shop AS s JOIN town AS t ON s.town = t.id"),
            example("e5", "wta_1", "SELECT 2"),
            example("e6", "shops", "SELECT name FROM shop ORDER BY name"));

    private final FakePredictor predictor = new FakePredictor(Map.of(
            "e0", "select COUNT( * ) from pet;",
            "e1", "SELECT name FROM pet LIMIT 1",
            "e3", "SELECT name FROM pet",
            "e4", "SELECT shop.nom FROM shop",
            "e6", "SELECT name FROM shop ORDER BY name DESC"));

    @BeforeEach
    void makeDatabases() {
        TestDatabases.add(
                folder, "pets", "CREATE TABLE pet (id INTEGER, name TEXT)", "INSERT INTO pet VALUES (1, 'Zoë')");
        TestDatabases.add(
                folder,
                "shops",
                "CREATE TABLE shop (id INTEGER, name TEXT, town INTEGER)",
                "CREATE TABLE town (id INTEGER)",
                "INSERT INTO shop VALUES (1, 'a', 1), (2, 'b', 1)");
    }

    @Test
    void everyPredictionIsScoredBothWays() {
        EvaluationReport report = evaluate().report();
        assertThat(report.overall()).isEqualTo(new GroupScore("all", 5, new Score(1, 5), new Score(2, 4)));
        assertThat(report.byCategory())
                .containsExactly(
                        new GroupScore("simple", 2, new Score(0, 2), new Score(0, 1)),
                        new GroupScore("filter", 1, new Score(0, 1), new Score(1, 1)),
                        new GroupScore("aggregation", 1, new Score(1, 1), new Score(1, 1)),
                        new GroupScore("join", 1, new Score(0, 1), new Score(0, 1)));
        assertThat(report.byDatabase())
                .containsExactly(
                        new GroupScore("pets", 3, new Score(1, 3), new Score(2, 2)),
                        new GroupScore("shops", 2, new Score(0, 2), new Score(0, 2)));
        assertThat(report.generatedTokens()).isEqualTo(50);
        assertThat(report.predictionSeconds()).isEqualTo(2.5);
    }

    @Test
    void failuresAreCountedByKind() {
        Evaluation evaluation = evaluate();
        assertThat(evaluation.report().failures())
                .containsExactly(entry("no_such_column", 1), entry("wrong_result", 1));
        assertThat(tables(evaluation).errors().rows())
                .containsExactlyInAnyOrder(
                        List.of("unknown column", "1", "1"),
                        List.of("order or limit", "1", "1"),
                        List.of("wrong column", "1", "1"));
    }

    @Test
    void aMissingDatabaseIsNamedAndItsExamplesAreNeitherPredictedNorScored() {
        Evaluation evaluation = evaluate();
        assertThat(evaluation.report().skippedDatabases()).containsExactly(entry("wta_1", 2));
        assertThat(evaluation.report().skipped()).isEqualTo(2);
        assertThat(predictor.asked).containsExactly("e0", "e1", "e3", "e4", "e6");
        assertThat(evaluation.predictions()).hasSize(5);
    }

    @Test
    void aGoldQueryThatFailsIsReportedAndDoesNotCount() {
        Evaluation evaluation = evaluate();
        assertThat(evaluation.report().goldFailures())
                .containsExactly(new GoldFailure("e3", "pets", "no such column: broken"));
        ScoredPrediction scored = evaluation.predictions().get(2);
        assertThat(scored.executionMatch()).isNull();
        assertThat(scored.error()).isEqualTo("the gold query fails: no such column: broken");
    }

    @Test
    void theGoldAsPredictionScoresInFull() {
        Evaluation evaluation = evaluator(BOTH).evaluate(examples, new GoldPredictor(examples), ProgressListener.NONE);
        assertThat(evaluation.report().overall().exactMatch()).isEqualTo(new Score(5, 5));
        assertThat(evaluation.report().overall().execution()).isEqualTo(new Score(4, 4));
        assertThat(evaluation.report().failures()).isEmpty();
    }

    @Test
    void examplesWithoutADatabaseAreScoredByTheirTextAlone() {
        List<Example> nameless = List.of(example("n0", "", "SELECT 1"));
        Evaluation evaluation = evaluator(BOTH).evaluate(nameless, new GoldPredictor(nameless), ProgressListener.NONE);
        assertThat(evaluation.report().overall()).isEqualTo(new GroupScore("all", 1, new Score(1, 1), Score.NONE));
        assertThat(evaluation.report().notExecuted()).isEqualTo(1);
        assertThat(evaluation.report().skipped()).isZero();
        assertThat(tables(evaluation).groups(Columns.CATEGORY).rows()).contains(List.of("all", "1", "100.0 %"));
    }

    @Test
    void withoutAFolderOfDatabasesNothingIsExecutedOrSkipped() {
        Evaluator evaluator = new Evaluator(BOTH, null, QueryLimits.DEFAULTS, DistinctRule.KEPT);
        EvaluationReport report = evaluator
                .evaluate(examples, new GoldPredictor(examples), ProgressListener.NONE)
                .report();
        assertThat(report.overall()).isEqualTo(new GroupScore("all", 7, new Score(7, 7), Score.NONE));
        assertThat(report.notExecuted()).isEqualTo(7);
    }

    @Test
    void aDatabaseForAllIsAskedByQuestionsThatNameNone() {
        List<Example> nameless = List.of(example("n0", "", "SELECT 1"), example("n1", "other", "SELECT 1"));
        Map<String, String> answers = Map.of("n0", "SELECT 01", "n1", "SELECT 2");
        Evaluation evaluation = new Evaluator(BOTH, new OneForAll(), QueryLimits.DEFAULTS, DistinctRule.KEPT, 2)
                .evaluate(nameless, new FakePredictor(answers), ProgressListener.NONE);
        assertThat(evaluation.report().overall().execution()).isEqualTo(new Score(1, 2));
        assertThat(evaluation.report().notExecuted()).isZero();
    }

    @Test
    void databasesAreCheckedBeforeAnythingIsAskedAndOnlyIfQueriesAreToBeRun() {
        QueryDatabases refused = new OneForAll() {
            @Override
            public void check() {
                throw new SqlTuneException("not this one");
            }
        };
        assertThatThrownBy(() -> Evaluator.of(settings(Metric.EXECUTION_ACCURACY), refused))
                .hasMessage("not this one");
        Evaluation evaluation = Evaluator.of(settings(Metric.EXACT_MATCH), refused)
                .evaluate(examples, new GoldPredictor(examples), ProgressListener.NONE);
        assertThat(evaluation.report().overall().exactMatch()).isEqualTo(new Score(7, 7));
    }

    @Test
    void onlyTheMetricsAskedForAreComputed() {
        Evaluation evaluation = evaluator(EnumSet.of(Metric.EXACT_MATCH))
                .evaluate(examples, new GoldPredictor(examples), ProgressListener.NONE);
        assertThat(evaluation.report().overall()).isEqualTo(new GroupScore("all", 7, new Score(7, 7), Score.NONE));
        assertThat(evaluation.report().notExecuted()).isZero();
        assertThat(tables(evaluation).groups(Columns.CATEGORY).header())
                .containsExactly("category", "examples", "exact match");
    }

    @Test
    void theDataSetsOwnCategoryIsUsed() {
        Example labelled =
                new Example("l0", "pets", "?", new VerbatimSchema(""), "SELECT 1", QueryCategory.NESTED, null);
        Evaluation evaluation = evaluator(BOTH)
                .evaluate(List.of(labelled), new GoldPredictor(List.of(labelled)), ProgressListener.NONE);
        assertThat(evaluation.report().byCategory())
                .extracting(GroupScore::name)
                .containsExactly("nested");
    }

    @Test
    void predictionsThatAreAlreadyThereCanBeScored() {
        List<SqlPrediction> predictions = examples.stream()
                .map(example -> new SqlPrediction(example.id(), example.sql(), 0, 0))
                .toList();
        List<Long> progress = new ArrayList<>();
        Evaluation evaluation =
                evaluator(BOTH).score(examples, predictions, (done, total, message) -> progress.add(done));
        assertThat(evaluation.report().overall().execution()).isEqualTo(new Score(4, 4));
        assertThat(evaluation.report().skippedDatabases()).containsExactly(entry("wta_1", 2));
        assertThat(progress).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void predictionsOfOtherExamplesAreRefused() {
        List<SqlPrediction> one = List.of(new SqlPrediction("x", "SELECT 1", 0, 0));
        assertThatThrownBy(() -> evaluator(BOTH).score(examples, one, ProgressListener.NONE))
                .isInstanceOf(SqlTuneException.class)
                .hasMessage("1 predictions for 7 examples; there must be one for each, in the same order");
        assertThatThrownBy(() -> evaluator(BOTH).score(examples.subList(0, 1), one, ProgressListener.NONE))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("id \"x\"")
                .hasMessageContaining("\"e0\"");
    }

    @Test
    void settingsChooseTheFolderAndTheLimits() {
        EvaluationSettings settings =
                new EvaluationSettings(List.of(Metric.EXECUTION_ACCURACY), null, folder, 0.3, 1, 0);
        Evaluation evaluation = Evaluator.of(
                        settings, new SqliteDatabases(new DatabaseFolder(folder.resolve("elsewhere"))))
                .evaluate(examples, predictor, ProgressListener.NONE);
        ScoredPrediction twoRows = evaluation.predictions().get(4);
        assertThat(twoRows.execution()).isInstanceOf(ExecutionOutcome.GoldFailed.class);
        assertThat(twoRows.error()).contains("more than 1 rows");
        assertThat(twoRows.exactMatch()).isNull();
    }

    @Test
    void severalWorkersFindWhatOneFinds() {
        List<Example> many = new ArrayList<>();
        Map<String, String> answers = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            Example one = examples.get(i % examples.size());
            many.add(new Example("m" + i, one.databaseId(), one.question(), one.schema(), one.sql()));
            answers.put("m" + i, "SELECT name FROM " + (i % 3 == 0 ? "pet" : "shop") + " LIMIT " + i % 4);
        }
        List<Evaluation> found = new ArrayList<>();
        for (int workers : List.of(1, 4)) {
            Evaluator evaluator = new Evaluator(
                    BOTH,
                    new SqliteDatabases(new DatabaseFolder(folder)),
                    QueryLimits.DEFAULTS,
                    DistinctRule.KEPT,
                    workers);
            found.add(evaluator.evaluate(many, new FakePredictor(answers), ProgressListener.NONE));
        }
        assertThat(found.get(1).predictions())
                .isEqualTo(found.get(0).predictions())
                .hasSizeGreaterThan(40);
        assertThat(found.get(1).report())
                .usingRecursiveComparison()
                .ignoringFields("scoringSeconds")
                .isEqualTo(found.get(0).report());
    }

    @Test
    void officialScorersRunTheirQueriesInTheProcessesThatAreRunning() {
        List<Integer> rows = new ArrayList<>();
        BenchmarkScorer official = new BenchmarkScorer() {
            @Override
            public BenchmarkScores score(List<ScoredPrediction> answers, ProgressListener progress) {
                throw new AssertionError("there are processes");
            }

            @Override
            public BenchmarkScores score(
                    List<ScoredPrediction> answers, ProgressListener progress, SqliteWorkers sqlite) {
                Set<Long> running = children();
                SqlExecutor pets = sqlite.open(new DatabaseFolder(folder).require("pets"), QueryLimits.DEFAULTS);
                rows.add(pets.execute("SELECT 1").rows().size());
                assertThat(running).isNotEmpty().containsAll(children());
                return new OwnScorer(BOTH, DistinctRule.KEPT).score(answers, progress);
            }
        };
        Evaluation evaluation =
                evaluator(BOTH).with(List.of(official)).evaluate(examples, predictor, ProgressListener.NONE);
        assertThat(rows).containsExactly(1);
        assertThat(evaluation.predictions()).isEqualTo(evaluate().predictions());
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    @Test
    void noExamplesMakeAnEmptyReport() {
        Evaluation evaluation = evaluator(BOTH).evaluate(List.of(), predictor, ProgressListener.NONE);
        assertThat(evaluation.report().overall()).isEqualTo(new GroupScore("all", 0, Score.NONE, Score.NONE));
        evaluation.writeTo(folder.resolve("out"), Provenance.UNKNOWN);
        assertThat(folder.resolve("out/predictions.jsonl")).isEmptyFile();
    }

    @Test
    void everyPredictionIsALineOfJson() throws IOException {
        evaluate().writeTo(folder.resolve("out"), Provenance.UNKNOWN);
        List<String> lines = Files.readAllLines(folder.resolve("out").resolve(Evaluation.PREDICTIONS_FILE));
        assertThat(lines).hasSize(5);
        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        assertThat(first.fieldNames())
                .toIterable()
                .containsExactly(
                        "id",
                        "db_id",
                        "question",
                        "gold",
                        "prediction",
                        "category",
                        "execution_accuracy",
                        "exact_match",
                        "valid_sql",
                        "schema_hallucination",
                        "component_select",
                        "component_where",
                        "component_join",
                        "component_order",
                        "seconds",
                        "generated_tokens",
                        "errors",
                        "error",
                        "gold_result",
                        "predicted_result");
        assertThat(first.get("question").asText()).isEqualTo("What is é0?");
        assertThat(first.get("execution_accuracy").booleanValue()).isTrue();
        assertThat(first.get("error").isNull()).isTrue();
        JsonNode goldFails = new ObjectMapper().readTree(lines.get(2));
        assertThat(goldFails.get("execution_accuracy").isNull()).isTrue();
        JsonNode wrong = new ObjectMapper().readTree(lines.get(4));
        assertThat(wrong.get("error").asText()).isEqualTo("wrong result: the rows in another order");
    }

    @Test
    void theReportIsJson() throws IOException {
        evaluate().writeTo(folder.resolve("out"), Provenance.UNKNOWN);
        JsonNode report = new ObjectMapper()
                .readTree(folder.resolve("out").resolve(Evaluation.REPORT_FILE).toFile());
        assertThat(report.at("/execution_accuracy/accuracy").doubleValue()).isEqualTo(0.5);
        assertThat(report.at("/exact_match/correct").intValue()).isEqualTo(1);
        assertThat(report.at("/skipped_databases/wta_1").intValue()).isEqualTo(2);
        assertThat(report.at("/skipped_examples").intValue()).isEqualTo(2);
        assertThat(report.at("/gold_failures").intValue()).isEqualTo(1);
        assertThat(report.at("/errors/unknown_column/main").intValue()).isEqualTo(1);
        assertThat(report.at("/errors/order/main").intValue()).isEqualTo(1);
        assertThat(report.at("/schema_hallucination/correct").intValue()).isEqualTo(1);
        assertThat(report.at("/valid_sql/accuracy").doubleValue()).isEqualTo(0.75);
        assertThat(report.at("/by_category/join/execution_accuracy/total").intValue())
                .isEqualTo(1);
        assertThat(report.at("/by_database/pets/examples").intValue()).isEqualTo(3);
        assertThat(report.at("/rules/execution_accuracy").asText()).endsWith("DISTINCT kept");
        assertThat(report.at("/total_generated_tokens").intValue()).isEqualTo(50);
    }

    private static ReportTables tables(Evaluation evaluation) {
        return new ReportTables(evaluation.toReport(Provenance.UNKNOWN));
    }

    private Evaluation evaluate() {
        return evaluator(BOTH).evaluate(examples, predictor, ProgressListener.NONE);
    }

    private Evaluator evaluator(Set<Metric> metrics) {
        return new Evaluator(
                metrics, new SqliteDatabases(new DatabaseFolder(folder)), QueryLimits.DEFAULTS, DistinctRule.KEPT, 1);
    }

    private static EvaluationSettings settings(Metric metric) {
        return new EvaluationSettings(List.of(metric), null, null, 1, 100, 0);
    }

    /** Knows what a query returns by its last character. */
    private static class OneForAll implements QueryDatabases {
        @Override
        public boolean has(String databaseId) {
            return true;
        }

        @Override
        public void check() {}

        @Override
        public Session open(QueryLimits limits, int parallel) {
            return new Session() {
                @Override
                public SqlExecutor database(String databaseId) {
                    return sql ->
                            new QueryResult(List.of("c"), List.of(List.of(sql.substring(sql.length() - 1))), false);
                }

                @Override
                public void close() {}
            };
        }
    }

    private static Example example(String id, String databaseId, String sql) {
        return new Example(id, databaseId, "What is " + id.replace('e', 'é') + "?", new VerbatimSchema(""), sql);
    }

    /** Answers by the question's id and remembers what it was asked. */
    private static final class FakePredictor implements SqlPredictor {
        private final Map<String, String> answers;
        private final List<String> asked = new ArrayList<>();

        FakePredictor(Map<String, String> answers) {
            this.answers = answers;
        }

        @Override
        public List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress) {
            questions.forEach(question -> asked.add(question.id()));
            return questions.stream()
                    .map(question -> new SqlPrediction(question.id(), answers.get(question.id()), 10, 0.5))
                    .toList();
        }
    }
}
