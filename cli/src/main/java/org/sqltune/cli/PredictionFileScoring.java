package org.sqltune.cli;

import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskProgress;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.evaluation.bird.BirdEvaluator;
import org.sqltune.evaluation.bird.BirdFiles;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.wikisql.WikiSqlEvaluator;
import org.sqltune.evaluation.wikisql.WikiSqlFiles;

/** Scores a file of predictions by a benchmark's own definitions. */
final class PredictionFileScoring {
    private static final int MOST_ROWS = 1_000_000;

    private final Console console;
    private final ReportOptions reports;

    PredictionFileScoring(Console console, ReportOptions reports) {
        this.console = console;
        this.reports = reports;
    }

    void run(PredictionFileOptions options) {
        options.check();
        switch (options.benchmark()) {
            case SPIDER, CSPIDER -> new SpiderScoring(console, reports).run(options);
            case BIRD -> finish(bird(options));
            case WIKISQL -> finish(wikiSql(options));
        }
    }

    private Report bird(PredictionFileOptions options) {
        BirdEvaluator evaluator = new BirdEvaluator(
                new DatabaseFolder(options.databases()),
                QueryLimits.DEFAULTS.with(options.timeoutSeconds(), MOST_ROWS),
                options.vesRuns());
        try (TaskProgress progress = console.progress("Scoring")) {
            return evaluator.evaluate(
                    BirdFiles.read(options.gold(), options.predictions()), options.provenance(), progress);
        }
    }

    private Report wikiSql(PredictionFileOptions options) {
        QueryLimits limits = QueryLimits.DEFAULTS.with(options.timeoutSeconds(), MOST_ROWS);
        try (TaskProgress progress = console.progress("Scoring")) {
            return new WikiSqlEvaluator(options.databases(), limits)
                    .evaluate(WikiSqlFiles.read(options.gold(), options.predictions()), options.provenance(), progress);
        }
    }

    private void finish(Report report) {
        reports.write(report, reports.outputDir());
        new ReportPrinter(console).print(report);
        reports.require(report);
    }
}
