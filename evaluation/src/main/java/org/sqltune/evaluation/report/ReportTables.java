package org.sqltune.evaluation.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.outline.ErrorKind;

/**
 * A report as tables for a terminal.
 *
 * @param report the report
 */
public record ReportTables(Report report) {

    /** Returns every score over all rows, with its 95 % interval. */
    public ReportTable scores() {
        List<List<String>> rows = new ArrayList<>();
        for (ColumnDescriptor column : report.scores()) {
            Score score = report.score(column);
            rows.add(List.of(
                    column.title(), score.percent(), score.interval().percent(), String.valueOf(score.total())));
        }
        report.corpusScores().forEach((column, value) -> rows.add(List.of(column.title(), fixed(value), "", "")));
        for (ColumnDescriptor column : report.measures()) {
            OptionalDouble mean = Report.mean(report.rows(), column);
            rows.add(List.of(column.title(), mean.isPresent() ? fixed(mean.getAsDouble()) : "-", "", ""));
        }
        return new ReportTable(List.of("score", "value", "95 % interval", "questions"), rows);
    }

    /** Returns the main scores of each group and of all rows. */
    public ReportTable groups(ColumnDescriptor grouping) {
        List<ColumnDescriptor> columns = chief(report);
        List<String> header = new ArrayList<>(List.of(grouping.title(), "examples"));
        columns.forEach(column -> header.add(column.title()));
        List<List<String>> rows = new ArrayList<>();
        report.groups(grouping).forEach((name, members) -> rows.add(line(name, members, columns)));
        rows.add(line("all", report.rows(), columns));
        return new ReportTable(header, rows);
    }

    /** Returns the kinds of error, the most frequent first. */
    public ReportTable errors() {
        Map<ErrorKind, Integer> all = report.allErrors();
        List<List<String>> rows = all.entrySet().stream()
                .sorted(Comparator.comparing(each -> -main(each.getKey())))
                .map(each -> List.of(
                        each.getKey().text(),
                        String.valueOf(main(each.getKey())),
                        each.getValue().toString()))
                .toList();
        return new ReportTable(List.of("error", "mainly", "at all"), rows);
    }

    private int main(ErrorKind kind) {
        return report.mainErrors().getOrDefault(kind, 0);
    }

    /** Returns the scores that tables show: all except those of components. */
    static List<ColumnDescriptor> chief(Report report) {
        return report.scores().stream()
                .filter(column -> !Columns.isComponent(column) && column.higherIsBetter())
                .filter(column -> !column.equals(Columns.VALID_SQL))
                .toList();
    }

    private static List<String> line(String name, List<ReportRow> rows, List<ColumnDescriptor> scores) {
        List<String> line = new ArrayList<>(List.of(name, String.valueOf(rows.size())));
        scores.forEach(score -> line.add(Report.score(rows, score).percent()));
        return line;
    }

    static String fixed(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
