package org.sqltune.cli.eval;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Tables;
import org.sqltune.cli.console.Console;
import org.sqltune.evaluation.BenchmarkScores;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.evaluation.compare.ComparisonFiles;
import org.sqltune.evaluation.compare.ComparisonTables;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.evaluation.report.ReportTables;
import org.sqltune.evaluation.report.TitleBlock;


/** Prints reports and comparisons as tables. */
final class ReportPrinter {
    private static final int MOST_QUESTIONS = 10;

    private final Console console;

    ReportPrinter(Console console) {
        this.console = console;
    }

    /** Scores, those of groups that aren't databases, errors, and what was left out. */
    void print(Report report) {
        print(TitleBlock.of(report));
        report.groupings().stream()
                .filter(grouping -> !grouping.equals(Columns.DATABASE))
                .forEach(grouping -> draw(new ReportTables(report).groups(grouping)));
        draw(new ReportTables(report).scores());
        ReportTable errors = new ReportTables(report).errors();
        if (!errors.rows().isEmpty()) {
            draw(errors);
        }
        report.facts().entrySet().stream()
                .filter(fact -> fact.getKey().name().equals("unparseable") && fact.getValue() > 0)
                .forEach(fact -> console.out()
                        .println(fact.getValue().longValue() + " answers can't be read by the benchmark's grammar"));
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

    /**
     * Scores before and after, and the questions that changed.
     *
     * @param folder where the comparison's files are; null for nowhere
     */
    void print(Comparison comparison, @Nullable Path folder) {
        print(comparison.title());
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

    /** The head of what follows. */
    void print(TitleBlock title) {
        title.lines().forEach(console.out()::println);
    }

    private void draw(ReportTable table) {
        console.out().println(Tables.draw(table.header(), table.rows()));
    }
}
