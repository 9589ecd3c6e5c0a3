package org.sqltune.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.config.settings.EvaluationSettings.Metric;
import org.sqltune.core.example.AnswerEvidence;
import org.sqltune.core.example.AnswerEvidence.Outcome;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.worker.SqliteDatabases;
import org.sqltune.evaluation.metric.DistinctRule;
import org.sqltune.evaluation.report.Provenance;

class ConfidenceReportTest {
    private static final AnswerEvidence VOTED = new AnswerEvidence(4, 3, 0.8, -0.1, -0.4, Outcome.ROWS);

    @TempDir
    private Path folder;

    private static Example example(String id, String sql) {
        return new Example(id, "pets", "What?", new VerbatimSchema("TABLE: pet ( id (integer) )"), sql);
    }

    private static SqlPrediction answer(String id, String sql, double confidence) {
        return new SqlPrediction(id, sql, 9, 0.1).withEvidence(VOTED).withConfidence(confidence);
    }

    @Test
    void reportsHaveConfidencesTheirErrorAndAPicture() throws IOException {
        TestDatabases.add(folder, "pets", "CREATE TABLE pet (id INTEGER)", "INSERT INTO pet VALUES (1)");
        Evaluation evaluation = new Evaluator(
                        EnumSet.of(Metric.EXECUTION_ACCURACY),
                        new SqliteDatabases(new DatabaseFolder(folder)),
                        QueryLimits.DEFAULTS,
                        DistinctRule.KEPT)
                .score(
                        List.of(example("a", "SELECT id FROM pet"), example("b", "SELECT count(*) + 7 FROM pet")),
                        List.of(answer("a", "SELECT id FROM pet", 0.9), answer("b", "SELECT id FROM pet", 0.3)),
                        ProgressListener.NONE);
        Path reports = folder.resolve("reports");
        evaluation.writeTo(
                reports,
                new Provenance(
                        "t", "2026-11-30T00:00:00Z", Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of()));

        JsonNode report =
                new ObjectMapper().readTree(reports.resolve("report.json").toFile());
        assertThat(report.path("expected_calibration_error").asDouble()).isEqualTo(0.2, within(1e-9));
        assertThat(report.path("rules").path("expected_calibration_error").asText())
                .contains("Guo et al. 2017");
        assertThat(report.path("calibration").get(8).path("right").asInt()).isEqualTo(1);
        assertThat(report.path("rows").get(0).path("confidence").asDouble()).isEqualTo(0.9);
        assertThat(report.path("rows").get(1).path("agreed").asInt()).isEqualTo(3);
        assertThat(Files.readString(reports.resolve("report.html")))
                .contains("<svg class=\"reliability\"", "1 of 1 answers right, mean confidence 0.90", ": 0.200 here.");
    }

    @Test
    void theJournalKeepsWhatSpeaksForAnAnswer() throws IOException {
        SqlPrediction answer = answer("a", "SELECT 1", 0.25);
        SqlPrediction plain = new SqlPrediction("b", "SELECT 2", 1, 0.5, true);
        assertThat(read(answer)).contains(answer);
        assertThat(read(plain)).contains(plain);
    }

    private static Optional<SqlPrediction> read(SqlPrediction answer) throws IOException {
        return JournalLine.read(new ObjectMapper().readTree(JournalLine.of(answer)));
    }
}
