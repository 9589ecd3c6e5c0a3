package org.sqltune.cli.eval;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.Tables;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.evaluation.compare.ComparisonFiles;
import org.sqltune.evaluation.compare.ComparisonTables;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.evaluation.report.ReportTables;
import org.sqltune.evaluation.spider.SpiderReport;

/** Prints reports and comparisons as tables. */
final class ReportPrinter {
    private static final int MOST_QUESTIONS = 10;

    private final Console console;

    ReportPrinter(Console console) {
        this.console = console;
    }

    /** Scores, those of groups that aren't databases, errors, and what was left out. */
    void print(Report report) {
        report.groupings().stream()
                .filter(grouping -> !grouping.equals("database"))
                .forEach(grouping -> draw(new ReportTables(report).groups(grouping)));
        draw(new ReportTables(report).scores());
        ReportTable errors = new ReportTables(report).errors();
        if (!errors.rows().isEmpty()) {
            draw(errors);
        }
        if (!report.skippedDatabases().isEmpty()) {
            int skipped = report.skippedDatabases().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            console.out()
                    .println(skipped + " examples were skipped: no database "
                            + String.join(", ", report.skippedDatabases().keySet()));
        }
    }

    /**
     * Scores before and after, and the questions that changed.
     *
     * @param folder where the comparison's files are; null for nowhere
     */
    void print(Comparison comparison, @Nullable Path folder) {
        draw(new ComparisonTables(comparison).scores());
        comparison.baseline().groupings().stream()
                .filter(grouping -> !grouping.equals("database"))
                .forEach(grouping -> draw(new ComparisonTables(comparison).groups(grouping)));
        list("Fixed", comparison.fixed());
        list("Broken", comparison.broken());
        if (!comparison.differingRules().isEmpty()) {
            console.out()
                    .println("The reports define these scores differently: "
                            + String.join(", ", comparison.differingRules()));
        }
        if (folder != null) {
            console.out().println("On a page: " + folder.resolve(ComparisonFiles.PAGE));
        }
    }

    private void list(String heading, List<Comparison.Pair> pairs) {
        if (pairs.isEmpty()) {
            return;
        }
        String ids = pairs.stream()
                .limit(MOST_QUESTIONS)
                .map(pair -> pair.tuned().id())
                .collect(Collectors.joining(", "));
        String more = pairs.size() > MOST_QUESTIONS ? " and " + (pairs.size() - MOST_QUESTIONS) + " more" : "";
        console.out().println(heading + " (" + pairs.size() + "): " + ids + more);
    }

    /** The official scripts' tables of Spider. */
    void print(SpiderReport report, boolean components) {
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
            String databases = notExecuted.entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + entry.getValue() + " rows)")
                    .collect(Collectors.joining(", "));
            console.out()
                    .println("No execution scores for " + databases
                            + ": the database or a gold query is missing or faulty");
        }
    }

    private void draw(ReportTable table) {
        console.out().println(Tables.draw(table.header(), table.rows()));
    }
}
