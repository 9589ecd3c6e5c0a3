package org.sqltune.workflow.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.io.FolderLock;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.evaluation.BenchmarkScores;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.ScoringThreads;
import org.sqltune.evaluation.benchmark.OfficialRows;
import org.sqltune.evaluation.benchmark.PredictionFile;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.TitleBlock;
import org.sqltune.evaluation.spider.execution.TestSuiteExecution.TestSuiteRules;
import org.sqltune.workflow.LibraryVersions;
import org.sqltune.workflow.TaskListener;

/** Scores a file of predictions by a benchmark's official definitions. */
public final class ScorePredictions {
    /**
     * Scores the predictions and writes the requested reports. {@link ReportRequest#require} checks required scores
     * separately.
     *
     * @param listener receives tasks and their progress
     * @throws org.sqltune.core.SqlTuneException if a file can't be read
     */
    public PredictionsResult run(PredictionsRequest request, TaskListener listener) {
        return request.reports()
                .whileLocked(() -> FolderLock.whileWriting(request.rows(), "--rows", () -> score(request, listener)));
    }

    private static PredictionsResult score(PredictionsRequest request, TaskListener listener) {
        try (SqliteWorkers sqlite = new SqliteWorkers(ScoringThreads.perCore())) {
            if (request.tables() != null) {
                sqlite.warmUp(); // They start while the files are read.
            }
            return scored(request, file(request, sqlite), listener);
        }
    }

    private static PredictionsResult scored(
            PredictionsRequest request, PredictionFile predictions, TaskListener listener) {
        // Spider's own tables need only the official scores, so SqlTune's are computed only for a report.
        boolean reported = !request.benchmark().hasTables() || request.reports().isAsked();
        Evaluation evaluation = predictions.evaluate(reported, listener.began("Scoring"));
        BenchmarkScores.Output official = evaluation.official().get(0).official();
        if (request.rows() != null) {
            write(OfficialRows.of(evaluation), request.rows());
        }
        Provenance provenance = provenance(request, reported);
        TitleBlock title = TitleBlock.of(provenance, evaluation.predictions().size());
        if (!reported) {
            return new PredictionsResult(title, null, official);
        }
        Report report = evaluation.toReport(provenance);
        request.reports().write(report, request.reports().outputDir());
        return new PredictionsResult(title, report, official);
    }

    private static PredictionFile file(PredictionsRequest request, SqliteWorkers sqlite) {
        PredictionsRequest.Options options = request.options();
        DatabaseFolder databases = new DatabaseFolder(request.databases());
        double timeout = request.timeoutSeconds();
        return switch (request.benchmark()) {
            case SPIDER, CSPIDER ->
                PredictionFile.spider(
                        request.predictions(),
                        request.gold(),
                        Objects.requireNonNull(request.tables(), "checked before"),
                        databases,
                        new TestSuiteRules(options.keepDistinct(), options.plugValue()),
                        timeout,
                        sqlite);
            case BIRD ->
                PredictionFile.bird(request.predictions(), request.gold(), databases, timeout, options.vesRuns());
            case WIKISQL -> PredictionFile.wikiSql(request.predictions(), request.gold(), request.databases(), timeout);
        };
    }

    private static void write(List<ObjectNode> lines, Path file) {
        AtomicFiles.write(file, out -> {
            for (ObjectNode line : lines) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    /** @param hashes whether to hash the files, which only a report shows */
    private static Provenance provenance(PredictionsRequest request, boolean hashes) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("name", request.benchmark().key());
        data.put("gold", request.gold().toString());
        Map<String, String> predictions = new LinkedHashMap<>();
        predictions.put("predictions", request.predictions().toString());
        if (hashes) {
            data.put("gold_sha256", EvaluationProvenance.hashOfFile(request.gold()));
            predictions.put("predictions_sha256", EvaluationProvenance.hashOfFile(request.predictions()));
        }
        return new Provenance(
                String.valueOf(request.predictions().getFileName()),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                LibraryVersions.ofReports(),
                data,
                predictions,
                Map.of(),
                Map.of(),
                Map.of());
    }
}
