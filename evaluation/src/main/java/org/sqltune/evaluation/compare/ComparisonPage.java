package org.sqltune.evaluation.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sqltune.evaluation.html.Html;
import org.sqltune.evaluation.html.HtmlPage;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.PageParts;
import org.sqltune.evaluation.report.Report;
import org.sqltune.evaluation.report.ReportPage;
import org.sqltune.evaluation.report.TitleBlock;
import org.sqltune.evaluation.report.TitleHtml;

/** Draws a comparison as one HTML page, which needs no other file, script or network. */
public final class ComparisonPage {
    private final Comparison comparison;
    private final ComparisonAnswers answers;

    /** @param comparison the comparison to draw */
    public ComparisonPage(Comparison comparison) {
        this.comparison = comparison;
        this.answers = new ComparisonAnswers(comparison);
    }

    /** Returns the page's HTML. */
    public String source() {
        TitleBlock title = comparison.title();
        Html body = Html.all(
                TitleHtml.draw(title),
                Html.element(
                        "main",
                        cards(),
                        HtmlPage.section("Scores", scores()),
                        HtmlPage.section("By group", groups()),
                        answers.draw(),
                        HtmlPage.section("What was compared", systems())),
                PageParts.footer(
                        comparison.tuned().provenance(),
                        "Intervals of differences are bootstrap percentiles for 95 %, from " + PairedBootstrap.RESAMPLES
                                + " resamples of the questions; p is of McNemar's exact test."));
        String style = HtmlPage.resource(ReportPage.class, "report.css") + answers.rules();
        return new HtmlPage(title.run() + " · SqlTune comparison", 0, style, body).source();
    }

    private Html cards() {
        Difference main = comparison.difference(comparison.mainScore());
        String name = main.column().title();
        return Html.styled(
                "div",
                "cards",
                PageParts.card(
                        false,
                        name + ", baseline",
                        main.baseline().percent(),
                        "of " + main.baseline().total()),
                PageParts.card(
                        true,
                        name + ", tuned",
                        main.tuned().percent(),
                        "of " + main.tuned().total()),
                PageParts.card(
                        false, "change, in percentage points", ComparisonTables.points(main.change()), interval(main)),
                PageParts.card(false, "fixed", String.valueOf(main.fixed()), "wrong before, right now"),
                PageParts.card(false, "broken", String.valueOf(main.broken()), "right before, wrong now"),
                PageParts.card(false, "p", ComparisonTables.p(main.pValue()), "if it were chance"));
    }

    private static String interval(Difference each) {
        return ComparisonTables.points(each.interval().low()) + " to "
                + ComparisonTables.points(each.interval().high());
    }

    private List<Html> scores() {
        List<Html> rows = new ArrayList<>(List.of(head("score")));
        comparison.differences().forEach(each -> rows.add(row(each.column().title(), each)));
        List<Html> parts = new ArrayList<>(List.of(Html.styled("table", "scores", Html.all(rows))));
        if (!comparison.differingRules().isEmpty()) {
            parts.add(Html.styled(
                    "p",
                    "worse",
                    Html.text("The two reports define these scores differently: "
                            + String.join(", ", comparison.differingRules()))));
        }
        return parts;
    }

    private List<Html> groups() {
        List<Html> tables = new ArrayList<>();
        for (ColumnDescriptor grouping : comparison.baseline().groupings()) {
            Map<String, Difference> groups = comparison.byGroup(grouping);
            if (groups.size() > 1) {
                tables.add(Html.element("h3", Html.text("By " + grouping.title())));
                List<Html> rows = new ArrayList<>(List.of(head(grouping.title())));
                groups.forEach((group, each) -> rows.add(row(group, each)));
                tables.add(Html.styled("table", "scores", Html.all(rows)));
            }
        }
        return tables;
    }

    private static Html head(String first) {
        return PageParts.head(first, "questions", "baseline", "tuned", "change", "fixed", "broken", "p");
    }

    private static Html row(String name, Difference each) {
        double change = each.column().higherIsBetter() ? each.change() : -each.change();
        String style = change > 0 ? "better" : change < 0 ? "worse" : "";
        return Html.element(
                "tr",
                PageParts.cell(name),
                PageParts.number(each.tuned().total()),
                PageParts.bar(each.baseline()),
                PageParts.bar(each.tuned()),
                Html.element(
                        "td",
                        Html.styled("strong", style, Html.text(ComparisonTables.points(each.change()))),
                        Html.styled("div", "more", Html.text(interval(each)))),
                PageParts.cell(String.valueOf(each.fixed())),
                PageParts.cell(String.valueOf(each.broken())),
                PageParts.cell(ComparisonTables.p(each.pValue())));
    }

    private List<Html> systems() {
        List<Html> columns = new ArrayList<>();
        addModel(columns, "Baseline", comparison.baseline());
        addModel(columns, "Tuned", comparison.tuned());
        columns.add(PageParts.pairs(
                "Questions", Map.of("SHA-256", comparison.baseline().questionsHash())));
        return List.of(Html.styled("div", "columns", Html.all(columns)));
    }

    private static void addModel(List<Html> columns, String heading, Report report) {
        if (!report.provenance().model().isEmpty()) {
            columns.add(PageParts.pairs(heading, report.provenance().model()));
        }
    }
}
