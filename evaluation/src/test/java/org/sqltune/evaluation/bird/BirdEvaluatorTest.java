package org.sqltune.evaluation.bird;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.evaluation.TestDatabases;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.outline.ErrorKind;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportRow;

class BirdEvaluatorTest {
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

    private Report report(int repetitions) {
        return new BirdEvaluator(new DatabaseFolder(folder), QueryLimits.DEFAULTS, repetitions)
                .evaluate(BirdFiles.read(gold, predictions), Provenance.UNKNOWN, ProgressListener.NONE);
    }

    @Test
    void scoresAreByDifficulty() {
        Report report = report(0);
        assertThat(report.score("execution_accuracy")).isEqualTo(new Score(1, 3));
        assertThat(report.groups("difficulty").keySet()).containsExactly("simple", "moderate", "challenging");
        // ('ant', 6) and ('bee', 6) in full, ('cat', 6) half of ('cat', 4): tp 2.5, fp 0.5, fn 0.5.
        assertThat(report.rows().get(1).measures().get("soft_f1")).isEqualTo(2.5 / 3);
        assertThat(report.rows().get(2).errors()).containsExactly(ErrorKind.UNKNOWN_COLUMN);
        assertThat(report.rows().get(0).question()).isEqualTo("How many? (all of them)");
        assertThat(report.skippedDatabases()).isEqualTo(Map.of("lost", 1));
    }

    @Test
    void severalWorkersFindWhatOneFinds() {
        List<BirdExample> many = Collections.nCopies(10, BirdFiles.read(gold, predictions)).stream()
                .flatMap(List::stream)
                .toList();
        List<List<ReportRow>> found = Stream.of(1, 4)
                .map(workers -> new BirdEvaluator(new DatabaseFolder(folder), QueryLimits.DEFAULTS, 0, workers)
                        .evaluate(many, Provenance.UNKNOWN, ProgressListener.NONE)
                        .rows())
                .toList();
        assertThat(found.get(1)).isEqualTo(found.get(0)).hasSize(30);
    }

    @Test
    void aDatabaseThatCantBeReadCostsItsRowsOnly() throws IOException {
        Files.createDirectories(folder.resolve("lost"));
        Files.writeString(folder.resolve("lost/lost.sqlite"), "this is no database, however long it may be".repeat(50));
        Report report = report(0);
        assertThat(report.score("execution_accuracy")).isEqualTo(new Score(1, 4));
        assertThat(report.rows().get(3).error()).startsWith("the gold query fails: ");
    }

    @Test
    void rightQueriesAreTimedForRVes() {
        Report report = report(3);
        assertThat(report.rows().get(0).measures().get("r_ves"))
                .isIn(List.of(50.0, 100 * Math.sqrt(0.5), 100 * Math.sqrt(0.75), 100.0, 100 * Math.sqrt(1.25)));
        assertThat(report.rows().get(1).measures().get("r_ves")).isZero();
    }

    @Test
    void aFileWithTooFewPredictionsIsRefused() throws IOException {
        Files.writeString(predictions, "{\"0\": \"SELECT 1\"}");
        assertThatThrownBy(() -> BirdFiles.read(gold, predictions)).hasMessageContaining("1 predictions for 4");
    }
}
