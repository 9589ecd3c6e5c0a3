package org.sqltune.evaluation.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.settings.EvaluationSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.worker.SqliteDatabases;
import org.sqltune.data.bird.BirdSource;
import org.sqltune.data.source.ExampleSource;
import org.sqltune.data.spider.SpiderSource;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.Evaluator;
import org.sqltune.evaluation.TestDatabases;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportRow;
import org.sqltune.evaluation.spider.execution.TestSuiteExecution.TestSuiteRules;

/** A model that is asked and a file with its answers end in the same report, row by row. */
class OneWayTest {
    private static final List<String> ANSWERS = List.of(
            "SELECT name FROM animal WHERE legs > 4",
            "SELECT legs, name FROM animal",
            "SELECT DISTINCT count(*) FROM animal",
            "SELECT name FROM animal ORDER BY legs DESC LIMIT 1",
            "SELECT nome FROM animal",
            "",
            "SELECT upper(name) FROM animal",
            "SELECT name FROM FROM animal");
    private static final List<String> GOLD = List.of(
            "SELECT name FROM animal WHERE legs > 5",
            "SELECT name, legs FROM animal",
            "SELECT count(*) FROM animal",
            "SELECT name FROM animal ORDER BY legs LIMIT 1",
            "SELECT name FROM animal",
            "SELECT avg(legs) FROM animal",
            "SELECT name FROM animal WHERE legs = (SELECT max(legs) FROM animal) ;",
            "SELECT T1.name FROM animal AS T1 JOIN home AS T2 ON T1.name = T2.animal WHERE T2.place = 'hill'");

    @TempDir
    private Path folder;

    private Path predictions;

    @BeforeEach
    void makeSpider() throws IOException {
        Path databases = Files.createDirectories(folder.resolve("database"));
        for (String name : List.of("zoo", "farm")) {
            TestDatabases.add(
                    databases,
                    name,
                    "CREATE TABLE animal (name text, legs integer)",
                    "CREATE TABLE home (animal text, place text)",
                    "INSERT INTO animal VALUES ('ant', 6), ('bee', 6), ('cat', 4), ('hen', 2)",
                    "INSERT INTO home VALUES ('ant', 'hill'), ('cat', 'house')");
        }
        Files.writeString(
                folder.resolve("tables.json"),
                Stream.of("zoo", "farm", "gone").map(OneWayTest::tables).collect(Collectors.joining(",", "[", "]")));
        String rows = rows("query");
        Files.writeString(folder.resolve("dev.json"), rows);
        Files.writeString(folder.resolve("train_spider.json"), rows);
        predictions = Files.writeString(folder.resolve("pred.sql"), String.join("\n", ANSWERS) + "\n");
    }

    private static String rows(String query) {
        StringBuilder rows = new StringBuilder("[");
        for (int i = 0; i < GOLD.size(); i++) {
            rows.append(i == 0 ? "" : ",\n")
                    .append("{\"db_id\": \"")
                    .append(i % 2 == 0 ? "zoo" : "farm")
                    .append("\", \"question\": \"Question ")
                    .append(i)
                    .append("?\", \"question_id\": ")
                    .append(i)
                    .append(", \"difficulty\": \"simple\", \"")
                    .append(query)
                    .append("\": \"")
                    .append(GOLD.get(i))
                    .append("\"}");
        }
        return rows.append("]").toString();
    }

    private static String tables(String id) {
        return "{\"db_id\": \"" + id + "\", \"table_names_original\": [\"animal\", \"home\"],"
                + " \"column_names_original\": [[-1, \"*\"], [0, \"name\"], [0, \"legs\"], [1, \"animal\"], [1, \"place\"]],"
                + " \"column_types\": [\"text\", \"text\", \"number\", \"text\", \"text\"],"
                + " \"primary_keys\": [1], \"foreign_keys\": [[3, 1]]}";
    }

    /** Answers by the question's place, as a model would. */
    private static SqlPredictor model(List<Example> examples) {
        return (questions, progress) -> questions.stream()
                .map(question -> {
                    int place = examples.stream().map(Example::id).toList().indexOf(question.id());
                    return new SqlPrediction(question.id(), ANSWERS.get(place), 0, 0);
                })
                .toList();
    }

    private static Evaluation asked(ExampleSource source) {
        return asked(source, 0);
    }

    private static Evaluation asked(ExampleSource source, int vesRuns) {
        List<Example> examples = source.prepare().test();
        return Evaluator.of(
                        EvaluationSettings.defaults(),
                        new SqliteDatabases(source.databases().orElseThrow()))
                .with(OfficialScorers.of(source.benchmark().orElseThrow(), null, vesRuns))
                .evaluate(examples, model(examples), ProgressListener.NONE);
    }

    private Evaluation spiderFile(Path gold) {
        return PredictionFile.spider(
                        predictions,
                        gold,
                        folder.resolve("tables.json"),
                        new DatabaseFolder(folder.resolve("database")),
                        TestSuiteRules.DEFAULTS,
                        60,
                        null)
                .evaluate(true, ProgressListener.NONE);
    }

    private static void assertSameRows(Report asked, Report file) {
        assertThat(asked.mainScore()).isEqualTo(file.mainScore());
        assertThat(asked.scores()).isEqualTo(file.scores());
        assertThat(asked.rows()).hasSameSizeAs(file.rows());
        for (int i = 0; i < asked.rows().size(); i++) {
            ReportRow one = asked.rows().get(i);
            ReportRow other = file.rows().get(i);
            assertThat(one.verdicts()).as("verdicts of row %d", i).isEqualTo(other.verdicts());
            assertThat(one.measures()).as("measures of row %d", i).isEqualTo(other.measures());
            assertThat(one.labels()).as("labels of row %d", i).isEqualTo(other.labels());
            assertThat(one.errors()).as("errors of row %d", i).isEqualTo(other.errors());
            assertThat(one.error()).as("error of row %d", i).isEqualTo(other.error());
            assertThat(one.goldResult()).as("gold result of row %d", i).isEqualTo(other.goldResult());
            assertThat(one.predictedResult()).as("result of row %d", i).isEqualTo(other.predictedResult());
        }
    }

    @Test
    void aModelsReportOnSpiderIsThatOfTheFileWithItsAnswers() {
        Report asked = asked(new SpiderSource(folder)).toReport(Provenance.UNKNOWN);
        assertSameRows(asked, spiderFile(folder.resolve("dev.json")).toReport(Provenance.UNKNOWN));
        assertThat(asked.scores())
                .contains(
                        Columns.EXECUTION_ACCURACY,
                        Columns.EXACT_MATCH,
                        Columns.EXACT_SET_MATCH,
                        Columns.EXECUTION_ORIGINAL,
                        Columns.EXECUTION_TEST_SUITE);
        assertThat(asked.groupings()).startsWith(Columns.HARDNESS, Columns.CATEGORY);
        assertThat(asked.rows()).hasSize(GOLD.size());
    }

    @Test
    void theScoresAreTheOnesOfThisHandMadeSet() {
        Report report = asked(new SpiderSource(folder)).toReport(Provenance.UNKNOWN);
        // > 4 for > 5 finds the same animals; values are none of exact set match's business.
        assertRow(report, 0, true, true, true);
        // The columns stand in another order; the original files them under their names.
        assertRow(report, 1, true, true, true);
        // DISTINCT before one count changes nothing.
        assertRow(report, 2, true, true, true);
        assertRow(report, 3, false, false, false);
        assertRow(report, 4, false, false, false);
        assertRow(report, 5, false, false, false);
        // The grammar has no upper(); the result differs as well.
        assertRow(report, 6, false, false, false);
        assertRow(report, 7, false, false, false);
    }

    private static void assertRow(Report report, int place, boolean set, boolean original, boolean suite) {
        ReportRow row = report.rows().get(place);
        assertThat(List.of(
                        row.verdicts().get(Columns.EXACT_SET_MATCH),
                        row.verdicts().get(Columns.EXECUTION_ORIGINAL),
                        row.verdicts().get(Columns.EXECUTION_TEST_SUITE)))
                .as("row %d: %s", place, row.prediction())
                .containsExactly(set, original, suite);
    }

    @Test
    void goldLinesAreScoredAsGoldJsonIs() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < GOLD.size(); i++) {
            lines.append(GOLD.get(i))
                    .append('\t')
                    .append(i % 2 == 0 ? "zoo" : "farm")
                    .append('\n');
        }
        Path gold = Files.writeString(folder.resolve("gold.sql"), lines);
        assertThat(spiderFile(gold).official().get(0).rows())
                .isEqualTo(
                        spiderFile(folder.resolve("dev.json")).official().get(0).rows());
    }

    @Test
    void whoeverAnswersWithTheGoldIsRightEverywhere() throws IOException {
        Files.writeString(predictions, String.join("\n", GOLD));
        Report report = spiderFile(folder.resolve("dev.json")).toReport(Provenance.UNKNOWN);
        for (ColumnDescriptor score : report.headline()) {
            assertThat(report.value(score.name())).as(score.name()).hasValue(1);
        }
        assertThat(report.allErrors()).isEmpty();
    }

    @Test
    void aModelsReportOnBirdIsThatOfTheFileWithItsAnswers() throws IOException {
        Files.writeString(folder.resolve("dev.json"), rows("SQL").replace(" ;\"", "\""));
        Files.copy(folder.resolve("tables.json"), folder.resolve("dev_tables.json"));
        Files.move(folder.resolve("database"), folder.resolve("dev_databases"));
        Report asked = asked(new BirdSource(folder, "", false, false)).toReport(Provenance.UNKNOWN);
        Report file = PredictionFile.bird(
                        predictions,
                        folder.resolve("dev.json"),
                        new DatabaseFolder(folder.resolve("dev_databases")),
                        30,
                        0)
                .evaluate(true, ProgressListener.NONE)
                .toReport(Provenance.UNKNOWN);
        assertSameRows(asked, file);
        assertThat(asked.mainScore()).isEqualTo(Columns.EXECUTION_BIRD);
        assertThat(asked.measures()).contains(Columns.SOFT_F1);
        assertThat(asked.groupings()).startsWith(Columns.DIFFICULTY);
    }

    @Test
    void aModelsRightAnswersAreTimedWhereItIsAskedFor() throws IOException {
        Files.writeString(folder.resolve("dev.json"), rows("SQL").replace(" ;\"", "\""));
        Files.copy(folder.resolve("tables.json"), folder.resolve("dev_tables.json"));
        Files.move(folder.resolve("database"), folder.resolve("dev_databases"));
        BirdSource source = new BirdSource(folder, "", false, false);
        assertThat(asked(source).toReport(Provenance.UNKNOWN).measures()).doesNotContain(Columns.R_VES);
        Report timed = asked(source, 2).toReport(Provenance.UNKNOWN);
        assertThat(timed.measures()).contains(Columns.R_VES);
        assertThat(timed.rows()).allSatisfy(row -> {
            boolean right = Boolean.TRUE.equals(row.verdict(Columns.EXECUTION_BIRD));
            assertThat(row.measures().get(Columns.R_VES) > 0).isEqualTo(right);
        });
    }
}
