package org.sqltune.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.evaluation.spider.SpiderEvaluator;
import org.sqltune.evaluation.spider.SpiderFiles;
import org.sqltune.evaluation.spider.SpiderReport;
import org.sqltune.evaluation.spider.SpiderSchemas;
import org.sqltune.evaluation.spider.execution.TestSuiteRules;

/** Scores a file of predictions and prints the official scripts' tables. */
final class SpiderScoring {
    private final Console console;

    SpiderScoring(Console console) {
        this.console = console;
    }

    void run(PredictionFileOptions options) {
        if (!(options.timeoutSeconds() > 0)) {
            throw new ConfigException(
                    "the command line",
                    List.of("--query-timeout is " + options.timeoutSeconds() + "; it must be above 0"));
        }
        SpiderEvaluator evaluator = new SpiderEvaluator(
                SpiderSchemas.read(options.tables()),
                new DatabaseFolder(options.databases()),
                new TestSuiteRules(options.keepDistinct(), options.plugValue()),
                options.timeoutSeconds());
        SpiderReport report =
                new SpiderReport(evaluator.evaluate(SpiderFiles.pairs(options.predictions(), options.gold())));
        if (options.rows() != null) {
            report.writeRows(options.rows());
        }
        print(report, options.components());
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
