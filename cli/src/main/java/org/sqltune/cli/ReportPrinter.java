package org.sqltune.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.sqltune.evaluation.BenchmarkScores;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.evaluation.compare.ComparisonTables;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportFiles;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.evaluation.report.ReportTables;

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
                .filter(grouping -> !grouping.equals(Columns.DATABASE))
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
     * What a benchmark's own programs print.
     *
     * @param details whether further tables are printed, too
     */
    void print(BenchmarkScores.Output official, boolean details) {
        official.tables().forEach(this::draw);
        if (details) {
            official.details().forEach(this::draw);
        }
        official.notes().forEach(console.out()::println);
    }

    /** Scores before and after, and the questions that changed. */
    void print(Comparison comparison) {
        draw(new ComparisonTables(comparison).scores());
        comparison.baseline().groupings().stream()
                .filter(grouping -> !grouping.equals(Columns.DATABASE))
                .forEach(grouping -> draw(new ComparisonTables(comparison).groups(grouping)));
        list("Fixed", comparison.fixed());
        list("Broken", comparison.broken());
        if (!comparison.differingRules().isEmpty()) {
            console.out()
                    .println("The reports define these scores differently: "
                            + String.join(", ", comparison.differingRules()));
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

    /** Where the page is. */
    void printPage(Path folder) {
        console.out().println("On a page: " + folder.resolve(ReportFiles.PAGE));
    }

    private void draw(ReportTable table) {
        console.out().println(Tables.draw(table.header(), table.rows()));
    }
}
