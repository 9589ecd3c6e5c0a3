package org.sqltune.evaluation.bird;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.worker.SqliteDatabases;
import org.sqltune.evaluation.Answers;
import org.sqltune.evaluation.TestDatabases;
import org.sqltune.evaluation.benchmark.OfficialRows;
import org.sqltune.evaluation.benchmark.PredictionFile;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.outline.ErrorKind;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;

class BirdScorerTest {
    private static final String GOLD = """
            [{"question_id": 7, "db_id": "zoo", "question": "How many?", "evidence": "all of them",
              "SQL": "SELECT count(*) FROM animal", "difficulty": "simple"},
             {"question_id": 8, "db_id": "zoo", "question": "Names?", "evidence": "",
              "SQL": "SELECT name, legs FROM animal", "difficulty": "moderate"},
             {"question_id": 9, "db_id": "zoo", "question": "Names?",
              "SQL": "SELECT name FROM animal", "difficulty": "challenging"},
             {"question_id": 10, "db_id": "lost", "question": "?", "SQL": "SELECT 1", "difficulty": "simple"}]
            """;
    private static final String PREDICTIONS = """
            {"0": "SELECT 3.0\\t----- bird -----\\tzoo", "1": "SELECT name, 6 FROM animal\\t----- bird -----\\tzoo",
             "2": "SELECT nome FROM animal\\t----- bird -----\\tzoo", "3": 0}
            """;

    @TempDir
    private Path folder;

    private Path gold;
    private Path predictions;

    @BeforeEach
    void makeFiles() throws IOException {
        TestDatabases.add(
                folder,
                "zoo",
                "CREATE TABLE animal (name text, legs integer)",
                "INSERT INTO animal VALUES ('ant', 6), ('bee', 6), ('cat', 4)");
        gold = Files.writeString(folder.resolve("dev.json"), GOLD);
        predictions = Files.writeString(folder.resolve("pred.json"), PREDICTIONS);
    }

    private PredictionFile file(int repetitions) {
        return PredictionFile.bird(predictions, gold, new DatabaseFolder(folder), 30, repetitions);
    }

    private Report report(PredictionFile file) {
        return file.evaluate(true, ProgressListener.NONE).toReport(Provenance.UNKNOWN);
    }

    @Test
    void scoresAreByDifficulty() {
        Report report = report(file(0));
        assertThat(report.mainScore()).isEqualTo(Columns.EXECUTION_BIRD);
        assertThat(report.score(Columns.EXECUTION_BIRD)).isEqualTo(new Score(1, 3));
        assertThat(report.groups(Columns.DIFFICULTY).keySet()).containsExactly("simple", "moderate", "challenging");
        // ('ant', 6) and ('bee', 6) in full, ('cat', 6) half of ('cat', 4): tp 2.5, fp 0.5, fn 0.5.
        assertThat(report.rows().get(1).measures().get(Columns.SOFT_F1)).isEqualTo(2.5 / 3);
        assertThat(report.rows().get(2).errors()).containsExactly(ErrorKind.UNKNOWN_COLUMN);
        assertThat(report.rows().get(0).question()).isEqualTo("How many? (all of them)");
        assertThat(report.skippedDatabases()).isEqualTo(Map.of("lost", 1));
    }

    @Test
    void everyRowIsOneObjectWithTheSameKeys() {
        List<ObjectNode> rows = OfficialRows.of(file(0).evaluate(true, ProgressListener.NONE));
        assertThat(rows)
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.fieldNames())
                        .toIterable()
                        .containsExactly(
                                "id", "db_id", "difficulty", "execution_bird", "soft_f1", "unparseable", "error"));
        assertThat(rows).extracting(row -> row.path("execution_bird").asInt()).containsExactly(1, 0, 0);
        assertThat(rows.get(1).path("difficulty").asText()).isEqualTo("moderate");
        assertThat(rows.get(2).path("error").asText()).contains("nome");
    }

    @Test
    void theDifficultyIsSaidOnce() {
        assertThat(report(file(0)).groupings()).containsExactly(Columns.DIFFICULTY, Columns.CATEGORY, Columns.DATABASE);
    }

    @Test
    void ourExecutionAndBirdsMayDiffer() {
        // BIRD compares sets of rows with columns in order; ours bags of rows with columns in any order.
        Answers swapped = Answers.of(
                file(0).answers().examples().subList(1, 3),
                List.of("SELECT legs, name FROM animal", "SELECT name FROM animal UNION ALL SELECT name FROM animal"));
        Report report = report(new PredictionFile(
                swapped,
                new BirdScorer(new DatabaseFolder(folder), 30, 0),
                new SqliteDatabases(new DatabaseFolder(folder))));
        assertThat(report.rows().get(0).verdict(Columns.EXECUTION_ACCURACY)).isTrue();
        assertThat(report.rows().get(0).verdict(Columns.EXECUTION_BIRD)).isFalse();
        assertThat(report.rows().get(1).verdict(Columns.EXECUTION_ACCURACY)).isFalse();
        assertThat(report.rows().get(1).verdict(Columns.EXECUTION_BIRD)).isTrue();
        assertThat(report.rows().get(1).errors()).isEmpty();
    }

    @Test
    void severalWorkersFindWhatOneFinds() {
        PredictionFile file = file(0);
        List<Object> found = Stream.of(1, 4)
                .<Object>map(workers -> new PredictionFile(
                                file.answers(),
                                new BirdScorer(new DatabaseFolder(folder), 30, 0, workers),
                                file.databases())
                        .evaluate(true, ProgressListener.NONE)
                        .official()
                        .get(0)
                        .rows())
                .toList();
        assertThat(found.get(1)).isEqualTo(found.get(0));
    }

    @Test
    void aDatabaseThatCantBeReadCostsItsRowsOnly() throws IOException {
        Files.createDirectories(folder.resolve("lost"));
        Files.writeString(folder.resolve("lost/lost.sqlite"), "this is no database, however long it may be".repeat(50));
        Report report = report(file(0));
        assertThat(report.score(Columns.EXECUTION_BIRD)).isEqualTo(new Score(1, 4));
        assertThat(report.rows().get(3).error()).startsWith("the gold query fails: ");
    }

    @Test
    void rightQueriesAreTimedForRVes() {
        Report report = report(file(3));
        assertThat(report.rows().get(0).measures().get(Columns.R_VES))
                .isIn(List.of(50.0, 100 * Math.sqrt(0.5), 100 * Math.sqrt(0.75), 100.0, 100 * Math.sqrt(1.25)));
        assertThat(report.rows().get(1).measures().get(Columns.R_VES)).isZero();
        assertThat(report.provenance().rules()).containsKey("r_ves");
        assertThat(report(file(0)).provenance().rules()).doesNotContainKey("r_ves");
    }

    @Test
    void goldAgainstItselfIsRightInEveryScore() {
        List<String> sql = file(0).answers().examples().stream()
                .map(example -> example.sql())
                .toList();
        Report report = report(new PredictionFile(
                Answers.of(file(0).answers().examples(), sql), file(0).scorer(), file(0).databases()));
        assertThat(report.score(Columns.EXECUTION_BIRD)).isEqualTo(new Score(3, 3));
        assertThat(report.value("soft_f1")).hasValue(1);
    }

    @Test
    void linesOfSqlAreReadAsWell() throws IOException {
        Path lines = Files.writeString(folder.resolve("pred.sql"), "SELECT 3\nSELECT 1\n\nSELECT 2\n");
        assertThat(BirdFiles.answers(lines, gold, new DatabaseFolder(folder)).predictions())
                .extracting(each -> each.sql())
                .containsExactly("SELECT 3", "SELECT 1", "", "SELECT 2");
    }

    @Test
    void filesThatDontBelongTogetherAreRefused() throws IOException {
        Files.writeString(predictions, "{\"0\": \"SELECT 1\"}");
        assertThatThrownBy(() -> file(0)).hasMessageContaining("1 predictions for 4");
        Files.writeString(predictions, "{");
        assertThatThrownBy(() -> file(0)).isInstanceOf(SqlTuneException.class).hasMessageContaining("isn't JSON");
        Files.writeString(gold, "[{\"db_id\": \"zoo\", \"question\": \"?\"}]");
        assertThatThrownBy(() -> file(0))
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("dev.json line 1")
                .hasMessageContaining("\"SQL\" is missing");
    }
}
