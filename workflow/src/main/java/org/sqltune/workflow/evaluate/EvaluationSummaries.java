package org.sqltune.workflow.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.evaluation.compare.ComparisonTables;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.evaluation.report.ReportTables;
import org.sqltune.evaluation.report.TitleBlock;
import org.sqltune.workflow.Summary;

/** Summarises reports and comparisons for a reader. */
public final class EvaluationSummaries {
    private static final int MOST_QUESTIONS = 10;
    /** There may be hundreds of databases, so only the page shows their scores. */
    private static final ColumnDescriptor LONG_GROUPING = Columns.DATABASE;

    private EvaluationSummaries() {}

    /** Summarises a report: scores, scores by group except databases, errors, and skipped examples. */
    public static Summary of(Report report) {
        ReportTables all = new ReportTables(report);
        List<ReportTable> tables = new ArrayList<>(report.groupings().stream()
                .filter(grouping -> !grouping.equals(LONG_GROUPING))
                .map(all::groups)
                .toList());
        tables.add(all.scores());
        if (!all.errors().rows().isEmpty()) {
            tables.add(all.errors());
        }
        List<String> remarks = new ArrayList<>();
        count(report, Columns.UNPARSEABLE)
                .ifPresent(count -> remarks.add(count + " answers can't be read by the benchmark's grammar"));
        count(report, Columns.CUT_ANSWERS)
                .ifPresent(count -> remarks.add(count + " of " + report.rows().size()
                        + " answers are cut at inference.max_new_tokens: raise it"));
        if (!report.skippedDatabases().isEmpty()) {
            int skipped = report.skippedDatabases().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            String databases = String.join(", ", report.skippedDatabases().keySet());
            remarks.add(skipped + " examples were skipped: no database " + databases);
        }
        return new Summary(TitleBlock.of(report), tables, remarks);
    }

    /** Returns a count; empty if it is 0. */
    private static Optional<Long> count(Report report, ColumnDescriptor fact) {
        return Optional.ofNullable(report.facts().get(fact))
                .map(Double::longValue)
                .filter(count -> count > 0);
    }

    /** Summarises a comparison: scores before and after, and the number of changed questions. */
    public static Summary of(Comparison comparison) {
        ComparisonTables all = new ComparisonTables(comparison);
        List<ReportTable> tables = new ArrayList<>(List.of(all.scores()));
        comparison.baseline().groupings().stream()
                .filter(grouping -> !grouping.equals(LONG_GROUPING))
                .forEach(grouping -> tables.add(all.groups(grouping)));
        List<String> remarks = new ArrayList<>();
        addChanged(remarks, "Fixed", comparison.fixed());
        addChanged(remarks, "Broken", comparison.broken());
        if (!comparison.differingRules().isEmpty()) {
            remarks.add(
                    "The reports define these scores differently: " + String.join(", ", comparison.differingRules()));
        }
        return new Summary(comparison.title(), tables, remarks);
    }

    private static void addChanged(List<String> remarks, String heading, List<Comparison.Pair> pairs) {
        if (pairs.isEmpty()) {
            return;
        }
        String ids = pairs.stream()
                .limit(MOST_QUESTIONS)
                .map(pair -> pair.tuned().id())
                .collect(Collectors.joining(", "));
        String more = pairs.size() > MOST_QUESTIONS ? " and " + (pairs.size() - MOST_QUESTIONS) + " more" : "";
        remarks.add(heading + " (" + pairs.size() + "): " + ids + more);
    }

    /**
     * Summarises a file of predictions as the benchmark's own programs print it.
     *
     * @param details whether to include further tables; for Spider those of the ten components
     */
    public static Summary of(PredictionsResult result, boolean details) {
        List<ReportTable> tables = new ArrayList<>(result.official().tables());
        if (details) {
            tables.addAll(result.official().details());
        }
        return new Summary(result.title(), tables, result.official().notes());
    }
}
