package org.sqltune.evaluation.spider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.evaluation.Answers;
import org.sqltune.evaluation.BenchmarkScores;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.RowScores;
import org.sqltune.evaluation.TestDatabases;
import org.sqltune.evaluation.benchmark.PredictionFile;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.outline.ErrorKind;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ResultExcerpt;
import org.sqltune.evaluation.spider.execution.TestSuiteExecution.TestSuiteRules;

/** CSpider is Spider with Chinese questions and values: its files have the same form. */
class SpiderScorerTest {
    private static final String TABLES =
            "[{\"db_id\":\"zoo\",\"table_names_original\":[\"animal\"],\"table_names\":[\"动物\"],\"foreign_keys\":[],"
                    + "\"column_names_original\":[[-1,\"*\"],[0,\"name\"],[0,\"legs\"]]}]";

    @TempDir
    private Path folder;

    private Path tables;
    private Path gold;
    private Path predictions;

    @BeforeEach
    void makeFiles() throws IOException {
        TestDatabases.add(
                folder,
                "zoo",
                "CREATE TABLE animal (name text, legs integer)",
                "INSERT INTO animal VALUES ('蚂蚁', 6), ('蜜蜂', 6), ('猫', 4)");
        tables = Files.writeString(folder.resolve("tables.json"), TABLES);
        gold = Files.writeString(folder.resolve("dev.json"), """
                [{"db_id": "zoo", "question": "猫有几条腿?", "query": "SELECT legs FROM animal WHERE name = '猫'"},
                 {"db_id": "zoo", "question": "有多少动物?", "query": "SELECT count(*) FROM animal"},
                 {"db_id": "zoo", "question": "名字?", "query": "SELECT name FROM animal ORDER BY legs"}]
                """);
        predictions = Files.writeString(folder.resolve("pred.sql"), """
                SELECT legs FROM animal WHERE name = '猫'
                SELECT max(legs) FROM animal
                SELECT name FROM WHERE
                """);
    }

    private Evaluation evaluate(boolean own) {
        return PredictionFile.spider(
                        predictions, gold, tables, new DatabaseFolder(folder), TestSuiteRules.DEFAULTS, 60, null)
                .evaluate(own, ProgressListener.NONE);
    }

    @Test
    void chineseQuestionsAndValuesAreScoredAndReported() {
        Report report = evaluate(true).toReport(Provenance.UNKNOWN);
        assertThat(report.mainScore()).isEqualTo(Columns.EXECUTION_TEST_SUITE);
        assertThat(report.score(Columns.EXECUTION_TEST_SUITE)).isEqualTo(new Score(1, 3));
        assertThat(report.score(Columns.EXECUTION_ORIGINAL)).isEqualTo(new Score(1, 3));
        assertThat(report.score(Columns.EXACT_SET_MATCH)).isEqualTo(new Score(1, 3));
        assertThat(report.rows().get(0).question()).isEqualTo("猫有几条腿?");
        assertThat(report.rows().get(1).errors()).contains(ErrorKind.AGGREGATE);
        assertThat(report.rows().get(2).errors()).startsWith(ErrorKind.PARSE);
        assertThat(report.groups(Columns.HARDNESS)).containsKey("easy");
        assertThat(report.rows().get(1).goldResult())
                .isEqualTo(new ResultExcerpt(List.of("count(*)"), List.of(List.of("3")), 1));
        assertThat(report.rows().get(1).predictedResult())
                .isEqualTo(new ResultExcerpt(List.of("max(legs)"), List.of(List.of("6")), 1));
        assertThat(report.rows().get(2).predictedResult()).isNull();
        assertThat(report.rows().get(2).error()).contains("syntax error");
    }

    @Test
    void ourScoresStandBesideTheOfficialOnes() {
        Report report = evaluate(true).toReport(Provenance.UNKNOWN);
        assertThat(report.score(Columns.EXECUTION_ACCURACY)).isEqualTo(new Score(1, 3));
        assertThat(report.score(Columns.EXACT_MATCH)).isEqualTo(new Score(1, 3));
        assertThat(report.provenance().rules())
                .containsEntry("exact_set_match", "Spider's exact set match, values ignored")
                .containsKeys("execution_accuracy", "exact_match");
        assertThat(report.value("unparseable")).isEmpty();
        assertThat(report.facts().entrySet())
                .anyMatch(fact -> fact.getKey().name().equals("unparseable") && fact.getValue() == 1);
    }

    @Test
    void withoutOurScoresTheOfficialOnesAreTheSame() {
        List<BenchmarkScores> alone = evaluate(false).official();
        assertThat(alone.get(0).rows())
                .isEqualTo(evaluate(true).official().get(0).rows());
        Report report = evaluate(false).toReport(Provenance.UNKNOWN);
        assertThat(report.scores())
                .containsExactlyInAnyOrder(
                        Columns.EXACT_SET_MATCH, Columns.EXECUTION_ORIGINAL, Columns.EXECUTION_TEST_SUITE);
    }

    @Test
    void whatTheOfficialScriptPrintsComesAlong() {
        BenchmarkScores.Output official = evaluate(false).official().get(0).official();
        assertThat(official.tables().get(0).header()).containsExactly("", "easy", "medium", "hard", "extra", "all");
        assertThat(official.tables().get(0).rows().get(1))
                .startsWith("exact match")
                .endsWith("0.333");
        assertThat(official.details()).hasSize(3);
        assertThat(official.notes())
                .containsExactly("1 predictions can't be read by Spider's grammar and count as empty");
        assertThat(official.lines().get(2).toString())
                .isEqualTo("{\"index\":2,\"db_id\":\"zoo\",\"hardness\":\"easy\",\"exact_match\":0,"
                        + "\"execution_original\":0,\"execution_test_suite\":0,\"unparseable\":true}");
    }

    @Test
    void anAnswerOfSeveralLinesIsScoredAsOneLine() throws IOException {
        Evaluation oneLine = evaluate(true);
        assertThat(scores("SELECT legs\n\tFROM animal\r\nWHERE name = '猫'\n"))
                .isEqualTo(oneLine.official().get(0).rows().get(0));
    }

    private RowScores scores(String sql) throws IOException {
        PredictionFile file = PredictionFile.spider(
                predictions, gold, tables, new DatabaseFolder(folder), TestSuiteRules.DEFAULTS, 60, null);
        var example = file.answers().examples().get(0);
        var answer = new SqlPrediction(example.id(), sql, 0, 0);
        return new PredictionFile(new Answers(List.of(example), List.of(answer)), file.scorer(), file.databases())
                .evaluate(false, ProgressListener.NONE)
                .official()
                .get(0)
                .rows()
                .get(0);
    }

    @Test
    void aMissingDatabaseLeavesExecutionOpenAndParsingToTheGrammar() throws IOException {
        Files.delete(folder.resolve("zoo/zoo.sqlite"));
        Report report = evaluate(true).toReport(Provenance.UNKNOWN);
        assertThat(report.mainScore()).isEqualTo(Columns.EXACT_SET_MATCH);
        assertThat(report.score(Columns.EXACT_SET_MATCH)).isEqualTo(new Score(1, 3));
        assertThat(report.scores()).doesNotContain(Columns.EXECUTION_TEST_SUITE, Columns.EXECUTION_ACCURACY);
        assertThat(report.rows().get(2).errors()).contains(ErrorKind.PARSE).doesNotContain(ErrorKind.OTHER);
    }

    @Test
    void aGoldFileOfAnotherTablesJsonIsNamedBeforeAnythingIsScored() throws IOException {
        Files.writeString(tables, TABLES.replace("zoo", "farm"));
        assertThatThrownBy(() -> evaluate(false))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("no database \"zoo\"");
    }
}
