package org.sqltune.evaluation.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.data.source.BenchmarkFiles;
import org.sqltune.data.wikisql.WikiSqlSource;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.Evaluator;
import org.sqltune.evaluation.TestDatabases;
import org.sqltune.evaluation.metric.DistinctRule;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;

/** Official scores of what a model writes: SQL, where WikiSQL has {@code sel, agg, conds}. */
class OfficialScorersTest {
    @TempDir
    private Path folder;

    private List<Example> examples;

    @BeforeEach
    void makeWikiSql() throws IOException {
        Files.writeString(
                folder.resolve("tables.jsonl"),
                "{\"id\": \"1-10-2\", \"header\": [\"Name\", \"Points (A)\", \"Place\"], \"types\": [\"text\", \"real\","
                        + " \"text\"]}\n");
        String question = "{\"table_id\": \"1-10-2\", \"question\": \"?\", \"sql\": %s}\n";
        String rows = question.formatted("{\"sel\": 0, \"agg\": 0, \"conds\": [[1, 0, \"1,200\"]]}")
                + question.formatted("{\"sel\": 1, \"agg\": 1, \"conds\": []}")
                + question.formatted("{\"sel\": 2, \"agg\": 3, \"conds\": [[0, 0, \"O'Hara\"], [1, 1, 3]]}");
        Files.writeString(folder.resolve("train.jsonl"), rows);
        Files.writeString(folder.resolve("dev.jsonl"), rows);
        Files.writeString(folder.resolve("test.jsonl"), rows);
        examples = new WikiSqlSource(folder).prepare().test();
    }

    private void makeDatabase() throws IOException {
        TestDatabases.add(
                folder,
                "made",
                "CREATE TABLE table_1_10_2 (col0 text, col1 real, col2 text)",
                "INSERT INTO table_1_10_2 VALUES ('ann', 1200, 'x'), ('bob', 3.5, 'y'), ('o''hara', 7, 'z')");
        Files.move(folder.resolve("made/made.sqlite"), folder.resolve("test.db"));
    }

    private Evaluation evaluate(String... answers) {
        List<SqlPrediction> predictions = new ArrayList<>();
        for (int i = 0; i < answers.length; i++) {
            predictions.add(new SqlPrediction(examples.get(i).id(), answers[i], 1, 0.5));
        }
        return new Evaluator(Set.of(Metric.EXACT_MATCH), null, QueryLimits.DEFAULTS, DistinctRule.KEPT)
                .with(OfficialScorers.of(new WikiSqlSource(folder).benchmark().orElseThrow(), null, 0))
                .score(examples, predictions, ProgressListener.NONE);
    }

    private Report report(String... answers) {
        return evaluate(answers).toReport(Provenance.UNKNOWN);
    }

    @Test
    void theGoldQueriesOfTheDataSetAreReadBack() throws IOException {
        makeDatabase();
        Report report = report(examples.stream().map(Example::sql).toArray(String[]::new));
        assertThat(report.score(Columns.LOGICAL_FORM)).isEqualTo(new Score(3, 3));
        assertThat(report.score(Columns.EXECUTION_WIKISQL)).isEqualTo(new Score(3, 3));
        assertThat(report.mainScore()).isEqualTo(Columns.EXECUTION_WIKISQL);
    }

    @Test
    void anAnswerInOtherWordsHasAnotherFormAndTheSameResult() throws IOException {
        makeDatabase();
        Report report = report(
                "select name from t where \"Points (A)\" > 100",
                "SELECT max(\"Points (A)\") FROM t WHERE Place = 'x'",
                "SELECT count(Place) FROM t WHERE \"Points (A)\" > 3 AND Name = 'O''HARA'");
        assertThat(report.rows())
                .extracting(row -> row.verdict(Columns.EXECUTION_WIKISQL))
                .containsExactly(true, true, true);
        assertThat(report.rows())
                .extracting(row -> row.verdict(Columns.LOGICAL_FORM))
                .containsExactly(false, false, true);
    }

    @Test
    void sqlOfAnotherFormIsWrongAndCounted() throws IOException {
        makeDatabase();
        Evaluation evaluation = evaluate("SELECT Name FROM t ORDER BY Name", "SELECT 1", "SELECT * FROM t");
        Report report = evaluation.toReport(Provenance.UNKNOWN);
        assertThat(report.score(Columns.LOGICAL_FORM)).isEqualTo(new Score(0, 3));
        assertThat(report.score(Columns.EXECUTION_WIKISQL)).isEqualTo(new Score(0, 3));
        assertThat(evaluation.official().get(0).official().notes())
                .containsExactly("3 of 3 answers can't be read as a query of WikiSQL's form and are wrong");
        assertThat(report.provenance().rules().get("reading")).contains("other SQL counts as wrong");
    }

    @Test
    void withoutTheDatabaseThereIsTheLogicalFormAlone() {
        Report report = report("SELECT Name FROM t WHERE \"Points (A)\" = 1200", "SELECT 1", "SELECT 2");
        assertThat(report.mainScore()).isEqualTo(Columns.LOGICAL_FORM);
        assertThat(report.score(Columns.LOGICAL_FORM)).isEqualTo(new Score(1, 3));
        assertThat(report.scores()).doesNotContain(Columns.EXECUTION_WIKISQL);
    }

    @Test
    void timeAndLengthAreReportedWhereTheyAreKnown() {
        assertThat(report("SELECT 1", "SELECT 1", "SELECT 1").measures())
                .containsExactly(Columns.SECONDS, Columns.TOKENS);
    }

    @Test
    void otherDataHasNoOfficialScores() {
        assertThat(OfficialScorers.of(null, null, 0)).isEmpty();
        assertThat(OfficialScorers.of(new BenchmarkFiles.Bird(null), null, 0)).isEmpty();
        assertThat(OfficialScorers.of(new BenchmarkFiles.Bird(null), new DatabaseFolder(folder), 0))
                .hasSize(1);
    }
}
