package org.sqltune.workflow.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sqltune.evaluation.compare.Comparison;
import org.sqltune.evaluation.compare.ComparisonTables;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.evaluation.report.ReportTables;
import org.sqltune.evaluation.spider.SpiderReport;
import org.sqltune.workflow.Summary;

/** Reports and comparisons for a reader. */
public final class EvaluationSummaries {
    private static final int MOST_QUESTIONS = 10;
    /** There may be hundreds of databases: the page has their scores. */
    private static final String LONG_GROUPING = "database";

    private EvaluationSummaries() {}

    /** Scores, those of groups that aren't databases, errors, and what was left out. */
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
        if (report.skippedDatabases().isEmpty()) {
            return new Summary(tables, List.of());
        }
        int skipped = report.skippedDatabases().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        String databases = String.join(", ", report.skippedDatabases().keySet());
        return new Summary(tables, List.of(skipped + " examples were skipped: no database " + databases));
    }

    /** Scores before and after, and the questions that changed. */
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
        return new Summary(tables, remarks);
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
     * The official scripts' tables of Spider.
     *
     * @param components whether those of the ten components are among them
     */
    public static Summary of(SpiderReport report, boolean components) {
        List<ReportTable> tables = new ArrayList<>(List.of(report.summary()));
        if (components) {
            tables.addAll(report.components());
        }
        List<String> remarks = new ArrayList<>();
        if (report.unparseable() > 0) {
            remarks.add(report.unparseable() + " predictions can't be read by Spider's grammar and count as empty");
        }
        Map<String, Long> notExecuted = report.notExecuted();
        if (!notExecuted.isEmpty()) {
            String databases = notExecuted.entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + entry.getValue() + " rows)")
                    .collect(Collectors.joining(", "));
            remarks.add("No execution scores for " + databases + ": the database or a gold query is missing or faulty");
        }
        return new Summary(tables, remarks);
    }
}
