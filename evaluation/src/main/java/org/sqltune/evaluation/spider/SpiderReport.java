package org.sqltune.evaluation.spider;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.evaluation.spider.match.Component;
import org.sqltune.evaluation.spider.match.SetMatch;
import org.sqltune.evaluation.spider.match.SetMatch.ComponentMatch;

/**
 * Scores by hardness, as the official script prints them. A mean covers the decided rows.
 *
 * @param rows the verdicts, in order
 */
public record SpiderReport(List<SpiderVerdict> rows) {
    public SpiderReport {
        rows = List.copyOf(rows);
    }

    /** Returns counts, exact match and both execution accuracies. */
    public ReportTable summary() {
        return new ReportTable(
                header(""),
                List.of(
                        line("count", level -> String.valueOf(level.size())),
                        line("exact match", level -> mean(level, SpiderReport::exact)),
                        line("execution (original)", level -> mean(level, SpiderVerdict::originalExecution)),
                        line("execution (test suite)", level -> mean(level, SpiderVerdict::testSuiteExecution))));
    }

    /** Returns the partial scores: accuracy, recall and F1 of each component. */
    public List<ReportTable> components() {
        return List.of(
                componentTable("accuracy", level -> level.accuracy()),
                componentTable("recall", level -> level.recall()),
                componentTable("F1", level -> level.f1()));
    }

    /** Returns how many predictions the official grammar can't parse. */
    public long unparseable() {
        return rows.stream().filter(SpiderVerdict::unparseable).count();
    }

    /** Returns how many rows have no execution score, by database. */
    public Map<String, Long> notExecuted() {
        return rows.stream()
                .filter(row -> row.originalExecution() == null && row.testSuiteExecution() == null)
                .collect(Collectors.groupingBy(SpiderVerdict::databaseId, TreeMap::new, Collectors.counting()));
    }

    /**
     * Returns one JSON object per row: {@code index, db_id, hardness, exact_match, execution_original,
     * execution_test_suite, unparseable}. Undecided scores are null.
     */
    public List<ObjectNode> lines() {
        return rows.stream().map(SpiderReport::line).toList();
    }

    private static ObjectNode line(SpiderVerdict row) {
        QueryHardness hardness = row.hardness();
        return JsonNodeFactory.instance
                .objectNode()
                .put("index", row.index())
                .put("db_id", row.databaseId())
                .put("hardness", hardness == null ? null : hardness.label())
                .put("exact_match", number(exact(row)))
                .put("execution_original", number(row.originalExecution()))
                .put("execution_test_suite", number(row.testSuiteExecution()))
                .put("unparseable", row.unparseable());
    }

    /** Returns remarks for readers of the tables, one sentence each. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (unparseable() > 0) {
            notes.add(unparseable() + " predictions can't be read by Spider's grammar and count as empty");
        }
        if (!notExecuted().isEmpty()) {
            String databases = notExecuted().entrySet().stream()
                    .map(entry -> entry.getKey() + " (" + entry.getValue() + " rows)")
                    .collect(Collectors.joining(", "));
            notes.add("No execution scores for " + databases + ": the database or a gold query is missing or faulty");
        }
        return notes;
    }

    static @Nullable Boolean exact(SpiderVerdict row) {
        SetMatch match = row.match();
        return match == null ? null : match.exact();
    }

    private static @Nullable Integer number(@Nullable Boolean right) {
        return right == null ? null : right ? 1 : 0;
    }

    private static String mean(List<SpiderVerdict> level, Function<SpiderVerdict, @Nullable Boolean> score) {
        List<Boolean> decided = new ArrayList<>();
        for (SpiderVerdict row : level) {
            Boolean right = score.apply(row);
            if (right != null) {
                decided.add(right);
            }
        }
        long right = decided.stream().filter(Boolean::booleanValue).count();
        return decided.isEmpty() ? "-" : text((double) right / decided.size());
    }

    private ReportTable componentTable(String title, Function<ComponentScore, Double> score) {
        List<List<String>> lines = new ArrayList<>();
        for (Component component : Component.values()) {
            lines.add(line(component.label(), level -> text(score.apply(ComponentScore.of(component, level)))));
        }
        return new ReportTable(header(title), lines);
    }

    private static List<String> header(String title) {
        List<String> header = new ArrayList<>(List.of(title));
        for (QueryHardness hardness : QueryHardness.values()) {
            header.add(hardness.label());
        }
        header.add("all");
        return header;
    }

    private List<String> line(String label, Function<List<SpiderVerdict>, String> cell) {
        List<String> line = new ArrayList<>(List.of(label));
        for (QueryHardness hardness : QueryHardness.values()) {
            line.add(cell.apply(where(row -> row.hardness() == hardness)));
        }
        line.add(cell.apply(where(row -> row.hardness() != null)));
        return line;
    }

    private List<SpiderVerdict> where(Predicate<SpiderVerdict> condition) {
        return rows.stream().filter(condition).toList();
    }

    private static String text(double score) {
        return String.format(Locale.ROOT, "%.3f", score);
    }

    /**
     * One component's scores over some rows.
     *
     * @param accuracy mean over the rows where the prediction has the component; 0 if there are none
     * @param recall mean over the rows where the gold query has it; 0 if there are none
     */
    record ComponentScore(double accuracy, double recall) {
        static ComponentScore of(Component component, List<SpiderVerdict> rows) {
            List<ComponentMatch> matches = new ArrayList<>();
            for (SpiderVerdict row : rows) {
                SetMatch match = row.match();
                if (match != null) {
                    matches.add(match.components().get(component));
                }
            }
            return new ComponentScore(
                    share(matches, match -> match.predicted() > 0), share(matches, match -> match.gold() > 0));
        }

        private static double share(List<ComponentMatch> matches, Predicate<ComponentMatch> counted) {
            return matches.stream()
                    .filter(counted)
                    .mapToInt(match -> match.right() ? 1 : 0)
                    .average()
                    .orElse(0);
        }

        /** Returns the harmonic mean; 1 if both are 0, like the official script. */
        double f1() {
            double sum = accuracy + recall;
            return sum == 0 ? 1 : 2 * accuracy * recall / sum;
        }
    }
}
