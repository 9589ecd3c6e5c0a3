package org.sqltune.evaluation.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.ReportTable;

/**
 * A comparison as tables for a terminal.
 *
 * @param comparison the comparison
 */
public record ComparisonTables(Comparison comparison) {

    /** Returns every score, before and after. */
    public ReportTable scores() {
        List<List<String>> rows = new ArrayList<>();
        comparison.differences().forEach(each -> rows.add(row(each.column().title(), each)));
        return new ReportTable(header("score"), rows);
    }

    /** Returns the main score of each group, before and after. */
    public ReportTable groups(ColumnDescriptor grouping) {
        List<List<String>> rows = new ArrayList<>();
        comparison.byGroup(grouping).forEach((group, each) -> rows.add(row(group, each)));
        return new ReportTable(header(grouping.title()), rows);
    }

    /** Returns the header of a table of differences. */
    public static List<String> header(String first) {
        return List.of(first, "questions", "baseline", "tuned", "change", "95 % interval", "fixed", "broken", "p");
    }

    /** Returns a row of a table of differences. */
    public static List<String> row(String name, Difference each) {
        return List.of(
                name,
                String.valueOf(each.tuned().total()),
                each.baseline().percent(),
                each.tuned().percent(),
                points(each.change()),
                points(each.interval().low()) + " to " + points(each.interval().high()),
                String.valueOf(each.fixed()),
                String.valueOf(each.broken()),
                p(each.pValue()));
    }

    /** Returns a difference of shares in percentage points, with sign. */
    static String points(double share) {
        return String.format(Locale.ROOT, "%+.1f", 100 * share);
    }

    /** Returns a p-value, to two digits. */
    static String p(double value) {
        return value < 0.001 ? String.format(Locale.ROOT, "%.1e", value) : String.format(Locale.ROOT, "%.3f", value);
    }
}
