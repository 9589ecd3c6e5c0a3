package org.sqltune.workflow.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.workflow.Summary;
import org.sqltune.workflow.evaluate.EvaluationSummaries;

/**
 * How a deployed model did.
 *
 * @param name what it is called at the server
 * @param report the scores, with the latencies among the facts
 */
public record DeploymentScores(String name, Report report) {
    private static final int[] PERCENTILES = {50, 90, 95, 99};

    /** Adds the latencies to a report. */
    static DeploymentScores of(String name, Report scored) {
        List<Double> seconds = scored.rows().stream()
                .map(row -> row.measures().get(Columns.SECONDS))
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        Map<ColumnDescriptor, Double> facts = new LinkedHashMap<>(scored.facts());
        if (!seconds.isEmpty()) {
            for (int percent : PERCENTILES) {
                facts.put(latency(percent), percentile(seconds, percent));
            }
        }
        return new DeploymentScores(
                name,
                new Report(
                        scored.provenance(),
                        scored.mainScore(),
                        scored.rows(),
                        scored.corpusScores(),
                        facts,
                        scored.skippedDatabases()));
    }

    /** The time that so many percent of the answers took at most: the nearest rank, so one of them. */
    static double percentile(List<Double> sorted, int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }

    private static ColumnDescriptor latency(int percent) {
        return ColumnDescriptor.total("latency_p" + percent + "_seconds", "s");
    }

    /** The main score in a few words. */
    public String inWords() {
        return report.mainScore().title() + " " + report.shown(report.mainScore()) + " of "
                + report.decided(report.mainScore());
    }

    /** The report's tables, and the latencies. */
    public Summary summary() {
        Summary scores = EvaluationSummaries.of(report);
        List<ReportTable> tables = new ArrayList<>(scores.tables());
        List<String> figures = new ArrayList<>();
        List<String> header = new ArrayList<>();
        for (int percent : PERCENTILES) {
            Double seconds = report.facts().get(latency(percent));
            if (seconds != null) {
                header.add("p" + percent);
                figures.add(String.format(Locale.ROOT, "%.2f s", seconds));
            }
        }
        if (!figures.isEmpty()) {
            header.add(0, "Latency");
            figures.add(0, report.rows().size() + " answers");
            tables.add(new ReportTable(header, List.of(figures)));
        }
        return new Summary(scores.title(), tables, scores.remarks());
    }
}
