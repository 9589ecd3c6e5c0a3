package org.sqltune.evaluation.spider;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.evaluation.report.ReportTable;
import org.sqltune.evaluation.spider.match.Component;
import org.sqltune.evaluation.spider.match.ComponentMatch;
import org.sqltune.evaluation.spider.match.Hardness;
import org.sqltune.evaluation.spider.match.SetMatch;

/**
 * Scores by hardness, as the official script prints them. A mean is over the rows that could be decided.
 *
 * @param rows in order
 */
public record SpiderReport(List<SpiderRow> rows) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public SpiderReport {
        rows = List.copyOf(rows);
    }

    /** Counts, exact match and both execution accuracies. */
    public ReportTable summary() {
        return new ReportTable(
                header(""),
                List.of(
                        line("count", level -> String.valueOf(level.size())),
                        line("exact match", level -> mean(level, SpiderReport::exact)),
                        line("execution (original)", level -> mean(level, SpiderRow::originalExecution)),
                        line("execution (test suite)", level -> mean(level, SpiderRow::testSuiteExecution))));
    }

    /** The partial scores: accuracy, recall and F1 of each component. */
    public List<ReportTable> components() {
        return List.of(
                componentTable("accuracy", level -> level.accuracy()),
                componentTable("recall", level -> level.recall()),
                componentTable("F1", level -> level.f1()));
    }

    /** How many predictions the official grammar can't read. */
    public long unparseable() {
        return rows.stream().filter(SpiderRow::unparseable).count();
    }

    /** How many rows have no execution score, by database. */
    public Map<String, Long> notExecuted() {
        return rows.stream()
                .filter(row -> row.originalExecution() == null && row.testSuiteExecution() == null)
                .collect(Collectors.groupingBy(SpiderRow::databaseId, TreeMap::new, Collectors.counting()));
    }

    /**
     * Writes one JSON object a row: {@code index, db_id, hardness, exact_match, execution_original,
     * execution_test_suite, unparseable}. What can't be decided is null.
     *
     * @throws SqlTuneException if the file can't be written
     */
    public void writeRows(Path file) {
        ObjectWriter writer = JSON.writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        AtomicFiles.write(file, out -> {
            for (SpiderRow row : rows) {
                Hardness hardness = row.hardness();
                writer.writeValue(
                        out,
                        JSON.createObjectNode()
                                .put("index", row.index())
                                .put("db_id", row.databaseId())
                                .put("hardness", hardness == null ? null : hardness.label())
                                .put("exact_match", number(exact(row)))
                                .put("execution_original", number(row.originalExecution()))
                                .put("execution_test_suite", number(row.testSuiteExecution()))
                                .put("unparseable", row.unparseable()));
                out.write('\n');
            }
        });
    }

    private static @Nullable Boolean exact(SpiderRow row) {
        SetMatch match = row.match();
        return match == null ? null : match.exact();
    }

    private static @Nullable Integer number(@Nullable Boolean right) {
        return right == null ? null : right ? 1 : 0;
    }

    private static String mean(List<SpiderRow> level, Function<SpiderRow, @Nullable Boolean> score) {
        List<Boolean> decided = new ArrayList<>();
        for (SpiderRow row : level) {
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
        for (Hardness hardness : Hardness.values()) {
            header.add(hardness.label());
        }
        header.add("all");
        return header;
    }

    private List<String> line(String label, Function<List<SpiderRow>, String> cell) {
        List<String> line = new ArrayList<>(List.of(label));
        for (Hardness hardness : Hardness.values()) {
            line.add(cell.apply(where(row -> row.hardness() == hardness)));
        }
        line.add(cell.apply(where(row -> row.hardness() != null)));
        return line;
    }

    private List<SpiderRow> where(Predicate<SpiderRow> condition) {
        return rows.stream().filter(condition).toList();
    }

    private static String text(double score) {
        return String.format(Locale.ROOT, "%.3f", score);
    }

    /**
     * One component's scores over some rows.
     *
     * @param accuracy mean over the rows where the prediction has the component; 0 if none has
     * @param recall mean over the rows where the gold query has it; 0 if none has
     */
    record ComponentScore(double accuracy, double recall) {
        static ComponentScore of(Component component, List<SpiderRow> rows) {
            List<ComponentMatch> matches = new ArrayList<>();
            for (SpiderRow row : rows) {
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

        /** The harmonic mean; 1 where both are 0, as the official script has it. */
        double f1() {
            double sum = accuracy + recall;
            return sum == 0 ? 1 : 2 * accuracy * recall / sum;
        }
    }
}
