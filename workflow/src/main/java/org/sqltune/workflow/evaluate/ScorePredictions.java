package org.sqltune.workflow.evaluate;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.evaluation.ScoringThreads;
import org.sqltune.evaluation.bird.BirdEvaluator;
import org.sqltune.evaluation.bird.BirdFiles;
import org.sqltune.evaluation.report.Provenance;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.spider.ShownResult;
import org.sqltune.evaluation.spider.SpiderEvaluator;
import org.sqltune.evaluation.spider.SpiderFiles;
import org.sqltune.evaluation.spider.SpiderPair;
import org.sqltune.evaluation.spider.SpiderReport;
import org.sqltune.evaluation.spider.SpiderReporter;
import org.sqltune.evaluation.spider.SpiderSchemas;
import org.sqltune.evaluation.spider.WrongAnswers;
import org.sqltune.evaluation.spider.execution.TestSuiteRules;
import org.sqltune.evaluation.wikisql.WikiSqlEvaluator;
import org.sqltune.evaluation.wikisql.WikiSqlFiles;
import org.sqltune.workflow.LibraryVersions;
import org.sqltune.workflow.TaskListener;

/** Scores a file of predictions by a benchmark's own definitions. */
public final class ScorePredictions {
    private static final int MOST_ROWS = 1_000_000;

    /**
     * Scores, and writes the reports that are asked for. Whether they are good enough is for {@link
     * ReportRequest#require}.
     *
     * @param listener told what is done, and how far it is
     * @throws org.sqltune.core.SqlTuneException if a file can't be read
     */
    public PredictionsResult run(PredictionsRequest request, TaskListener listener) {
        return switch (request.benchmark()) {
            case SPIDER, CSPIDER -> spider(request);
            case BIRD -> written(request, bird(request, listener));
            case WIKISQL -> written(request, wikiSql(request, listener));
        };
    }

    private static Report bird(PredictionsRequest request, TaskListener listener) {
        return new BirdEvaluator(
                        new DatabaseFolder(request.databases()),
                        limits(request),
                        request.options().vesRuns())
                .evaluate(
                        BirdFiles.read(request.gold(), request.predictions()),
                        provenance(request),
                        listener.began("Scoring"));
    }

    private static Report wikiSql(PredictionsRequest request, TaskListener listener) {
        return new WikiSqlEvaluator(request.databases(), limits(request))
                .evaluate(
                        WikiSqlFiles.read(request.gold(), request.predictions()),
                        provenance(request),
                        listener.began("Scoring"));
    }

    private static PredictionsResult spider(PredictionsRequest request) {
        try (SqliteWorkers sqlite = new SqliteWorkers(ScoringThreads.perCore())) {
            // They get ready while the files are read.
            sqlite.warmUp();
            SpiderSchemas schemas = SpiderSchemas.read(Objects.requireNonNull(request.tables(), "checked before"));
            List<SpiderPair> pairs = SpiderFiles.pairs(request.predictions(), request.gold());
            DatabaseFolder databases = new DatabaseFolder(request.databases());
            SpiderEvaluator evaluator = new SpiderEvaluator(
                    schemas,
                    databases,
                    new TestSuiteRules(
                            request.options().keepDistinct(), request.options().plugValue()),
                    request.timeoutSeconds());
            SpiderReport spider = new SpiderReport(evaluator.evaluate(pairs, sqlite));
            if (request.rows() != null) {
                spider.writeRows(request.rows());
            }
            if (!request.reports().isAsked()) {
                return new PredictionsResult(null, spider);
            }
            Map<Integer, ShownResult> results =
                    new WrongAnswers(databases, request.timeoutSeconds(), sqlite).results(spider.rows(), pairs);
            Report report = new SpiderReporter(schemas)
                    .report(
                            spider.rows(),
                            pairs,
                            SpiderReporter.questions(request.gold()),
                            results,
                            provenance(request));
            request.reports().write(report, request.reports().outputDir());
            return new PredictionsResult(report, spider);
        }
    }

    private static PredictionsResult written(PredictionsRequest request, Report report) {
        request.reports().write(report, request.reports().outputDir());
        return new PredictionsResult(report, null);
    }

    private static QueryLimits limits(PredictionsRequest request) {
        return QueryLimits.DEFAULTS.with(request.timeoutSeconds(), MOST_ROWS);
    }

    private static Provenance provenance(PredictionsRequest request) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("name", request.benchmark().key());
        data.put("gold", request.gold().toString());
        data.put("gold_sha256", EvaluationProvenance.hashOfFile(request.gold()));
        Map<String, String> predictions = new LinkedHashMap<>();
        predictions.put("predictions", request.predictions().toString());
        predictions.put("predictions_sha256", EvaluationProvenance.hashOfFile(request.predictions()));
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
