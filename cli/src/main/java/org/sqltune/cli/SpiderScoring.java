package org.sqltune.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.Tables;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.worker.SqliteWorkers;
import org.sqltune.evaluation.ScoringThreads;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.evaluation.spider.ShownResult;
import org.sqltune.evaluation.spider.SpiderEvaluator;
import org.sqltune.evaluation.spider.SpiderFiles;
import org.sqltune.evaluation.spider.SpiderPair;
import org.sqltune.evaluation.spider.SpiderReport;
import org.sqltune.evaluation.spider.SpiderReporter;
import org.sqltune.evaluation.spider.SpiderSchemas;
import org.sqltune.evaluation.spider.WrongAnswers;
import org.sqltune.evaluation.spider.execution.TestSuiteRules;

/** Scores a file of predictions and prints the official scripts' tables. */
final class SpiderScoring {
    private final Console console;

    private final ReportOptions reports;

    SpiderScoring(Console console, ReportOptions reports) {
        this.console = console;
        this.reports = reports;
    }

    void run(PredictionFileOptions options) {
        try (SqliteWorkers sqlite = new SqliteWorkers(ScoringThreads.perCore())) {
            // They get ready while the files are read.
            sqlite.warmUp();
            SpiderSchemas schemas = SpiderSchemas.read(options.tables());
            List<SpiderPair> pairs = SpiderFiles.pairs(options.predictions(), options.gold());
            DatabaseFolder databases = new DatabaseFolder(options.databases());
            SpiderEvaluator evaluator = new SpiderEvaluator(
                    schemas,
                    databases,
                    new TestSuiteRules(options.keepDistinct(), options.plugValue()),
                    options.timeoutSeconds());
            SpiderReport report = new SpiderReport(evaluator.evaluate(pairs, sqlite));
            if (options.rows() != null) {
                report.writeRows(options.rows());
            }
            Map<Integer, ShownResult> results = reports.isAsked()
                    ? new WrongAnswers(databases, options.timeoutSeconds(), sqlite).results(report.rows(), pairs)
                    : Map.of();
            finish(options, schemas, pairs, report, results);
        }
    }

    private void finish(
            PredictionFileOptions options,
            SpiderSchemas schemas,
            List<SpiderPair> pairs,
            SpiderReport report,
            Map<Integer, ShownResult> results) {
        print(report, options.components());
        if (reports.isAsked()) {
            Report whole = new SpiderReporter(schemas)
                    .report(
                            report.rows(),
                            pairs,
                            SpiderReporter.questions(options.gold()),
                            results,
                            options.provenance());
            reports.write(whole, reports.outputDir());
            reports.require(whole);
        }
    }

    private void print(SpiderReport report, boolean components) {
        draw(report.summary());
        if (components) {
            report.components().forEach(this::draw);
        }
        if (report.unparseable() > 0) {
            console.out()
                    .println(
                            report.unparseable() + " predictions can't be read by Spider's grammar and count as empty");
        }
        Map<String, Long> notExecuted = report.notExecuted();
        if (!notExecuted.isEmpty()) {
            console.out()
                    .println("No execution scores for " + counted(notExecuted)
                            + ": the database or a gold query is missing or faulty");
        }
    }

    private static String counted(Map<String, Long> rowsByDatabase) {
        return rowsByDatabase.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + " rows)")
                .collect(Collectors.joining(", "));
    }

    private void draw(ReportTable table) {
        console.out().println(Tables.draw(table.header(), table.rows()));
    }
}
