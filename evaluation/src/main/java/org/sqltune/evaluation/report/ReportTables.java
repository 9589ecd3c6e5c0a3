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

    /** Every score over all rows, with its 95 % interval. */
    public ReportTable scores() {
        List<List<String>> rows = new ArrayList<>();
        for (String name : report.scores()) {
            Score score = report.score(name);
            rows.add(List.of(
                    ScoreNames.words(name),
                    score.percent(),
                    score.interval().percent(),
                    String.valueOf(score.total())));
        }
        report.corpusScores().forEach((name, value) -> rows.add(List.of(ScoreNames.words(name), fixed(value), "", "")));
        for (String name : report.measures()) {
            OptionalDouble mean = Report.mean(report.rows(), name);
            rows.add(List.of(ScoreNames.words(name), mean.isPresent() ? fixed(mean.getAsDouble()) : "-", "", ""));
        }
        return new ReportTable(List.of("score", "value", "95 % interval", "questions"), rows);
    }

    /** The chief scores by group, and of all. */
    public ReportTable groups(String grouping) {
        List<String> names = chief(report);
        List<String> header = new ArrayList<>(List.of(grouping, "examples"));
        names.forEach(name -> header.add(ScoreNames.words(name)));
        List<List<String>> rows = new ArrayList<>();
        report.groups(grouping).forEach((name, members) -> rows.add(line(name, members, names)));
        rows.add(line("all", report.rows(), names));
        return new ReportTable(header, rows);
    }

    /** Kinds of errors, the commonest first. */
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

    /** The scores worth a column: not those of components. */
    static List<String> chief(Report report) {
        return report.scores().stream()
                .filter(name -> !ScoreNames.isComponent(name) && !ScoreNames.lowerIsBetter(name))
                .filter(name -> !name.equals(ScoreNames.VALID_SQL))
                .toList();
    }

    private static List<String> line(String name, List<ReportRow> rows, List<String> scores) {
        List<String> line = new ArrayList<>(List.of(name, String.valueOf(rows.size())));
        scores.forEach(score -> line.add(Report.score(rows, score).percent()));
        return line;
    }

    static String fixed(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
