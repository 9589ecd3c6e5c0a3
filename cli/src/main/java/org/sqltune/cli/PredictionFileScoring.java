package org.sqltune.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.evaluation.BenchmarkScores;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.evaluation.benchmark.PredictionFile;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.spider.execution.TestSuiteRules;

/** Scores a file of predictions as a model's answers are scored, and prints what the benchmark's own programs print. */
final class PredictionFileScoring {
    private final Console console;
    private final ReportOptions reports;

    PredictionFileScoring(Console console, ReportOptions reports) {
        this.console = console;
        this.reports = reports;
    }

    void run(PredictionFileOptions options) {
        options.check();
        PredictionFile file = read(options);
        boolean tables = options.benchmark().printsTables();
        Evaluation evaluation;
        try (TaskProgress progress = console.progress("Scoring")) {
            // Spider's tables need the official scores alone, so ours are counted only if a report is asked for.
            evaluation = file.evaluate(!tables || reports.isAsked(), progress);
        }
        ReportPrinter printer = new ReportPrinter(console);
        for (BenchmarkScores official : evaluation.official()) {
            printer.print(official.official(), options.components());
            if (options.rows() != null) {
                write(official.official().lines(), options.rows());
            }
        }
        if (!tables || reports.isAsked()) {
            Report report = evaluation.toReport(options.provenance());
            reports.write(report, reports.outputDir());
            if (!tables) {
                printer.print(report);
            }
            reports.require(report);
        }
    }

    private static PredictionFile read(PredictionFileOptions options) {
        DatabaseFolder databases = new DatabaseFolder(options.databases());
        return switch (options.benchmark()) {
            case SPIDER, CSPIDER ->
                PredictionFile.spider(
                        options.predictions(),
                        options.gold(),
                        options.tables(),
                        databases,
                        new TestSuiteRules(options.keepDistinct(), options.plugValue()),
                        options.timeoutSeconds());
            case BIRD ->
                PredictionFile.bird(
                        options.predictions(), options.gold(), databases, options.timeoutSeconds(), options.vesRuns());
            case WIKISQL ->
                PredictionFile.wikiSql(
                        options.predictions(), options.gold(), options.databases(), options.timeoutSeconds());
        };
    }

    private static void write(List<ObjectNode> lines, Path file) {
        AtomicFiles.write(file, out -> {
            for (ObjectNode line : lines) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }
}
