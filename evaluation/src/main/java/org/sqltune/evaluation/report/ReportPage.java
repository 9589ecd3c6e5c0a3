package org.sqltune.evaluation.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.sqltune.evaluation.html.Html;
import org.sqltune.evaluation.html.HtmlPage;
import org.sqltune.evaluation.metric.Calibration;
import org.sqltune.evaluation.metric.Score;
import org.sqltune.evaluation.outline.ErrorKind;

/**
 * Draws a report as one HTML page, which needs no other file, script or network.
 *
 * @param report the report
 */
public record ReportPage(Report report) {

    /** Returns the page's HTML. */
    public String source() {
        TitleBlock title = TitleBlock.of(report);
        AnswerSection answers = new AnswerSection(report);
        Html body = Html.all(
                TitleHtml.draw(title),
                Html.element(
                        "main",
                        cards(),
                        HtmlPage.section("Scores", List.of(scores())),
                        HtmlPage.section("By group", groups()),
                        HtmlPage.section("What is wrong", errors()),
                        confidence(),
                        answers.draw(),
                        HtmlPage.section("What was evaluated", provenance())),
                PageParts.footer(report.provenance(), "Intervals are Wilson's, for 95 %."));
        String style = HtmlPage.resource(ReportPage.class, "report.css") + answers.rules();
        return new HtmlPage(title.run() + " · SqlTune evaluation", 0, style, body).source();
    }

    private Html confidence() {
        Calibration calibration = report.calibration();
        if (calibration.answers() == 0) {
            return Html.NOTHING;
        }
        Html note = Html.styled(
                "p",
                "more",
                Html.text(
                        "Each bar is the share of right answers among those of a confidence; a calibrated model's bars end at"
                                + " the line. The "
                                + Calibration.RULE
                                + String.format(Locale.ROOT, ": %.3f here.", calibration.expectedError())));
        return HtmlPage.section("Confidence", List.of(new ReliabilityDiagram(calibration).draw(), note));
    }

    private Html cards() {
        List<Html> cards = new ArrayList<>();
        List<ColumnDescriptor> columns = new ArrayList<>(List.of(report.mainScore()));
        report.scores().stream()
                .filter(column -> !Columns.isComponent(column) && !column.equals(report.mainScore()))
                .forEach(columns::add);
        for (ColumnDescriptor column : columns) {
            Score score = report.score(column);
            cards.add(PageParts.card(
                    column.equals(report.mainScore()),
                    column.title(),
                    score.percent(),
                    score.total() == 0 ? "" : score.interval().percent() + " of " + score.total()));
        }
        for (ColumnDescriptor column : report.measures()) {
            OptionalDouble mean = Report.mean(report.rows(), column);
            cards.add(PageParts.card(false, column.title(), ReportTables.fixed(mean.orElse(Double.NaN)), "mean"));
        }
        report.corpusScores()
                .forEach((column, value) ->
                        cards.add(PageParts.card(false, column.title(), ReportTables.fixed(value), "of all answers")));
        return Html.styled("div", "cards", Html.all(cards));
    }

    private Html scores() {
        List<Html> rows = new ArrayList<>();
        rows.add(PageParts.head("score", "questions", "right"));
        for (ColumnDescriptor column : report.scores()) {
            rows.add(Html.element(
                    "tr",
                    PageParts.cell(column.title()),
                    PageParts.number(report.score(column).total()),
                    PageParts.bar(report.score(column))));
        }
        return Html.styled("table", "scores", Html.all(rows));
    }

    private List<Html> groups() {
        List<Html> tables = new ArrayList<>();
        for (ColumnDescriptor grouping : report.groupings()) {
            Map<String, List<ReportRow>> groups = report.groups(grouping);
            if (groups.size() > 1) {
                tables.add(Html.element("h3", Html.text("By " + grouping.title())));
                tables.add(groupTable(grouping, groups));
            }
        }
        return tables;
    }

    private Html groupTable(ColumnDescriptor grouping, Map<String, List<ReportRow>> groups) {
        List<ColumnDescriptor> scores = ReportTables.chief(report).stream()
                .sorted(Comparator.comparing(column -> !column.equals(report.mainScore())))
                .limit(3)
                .toList();
        List<Html> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(List.of(grouping.title(), "questions"));
        scores.forEach(score -> header.add(score.title()));
        rows.add(PageParts.head(header.toArray(String[]::new)));
        groups.forEach((name, members) -> {
            List<Html> cells = new ArrayList<>(List.of(PageParts.cell(name), PageParts.number(members.size())));
            scores.forEach(score -> cells.add(PageParts.bar(Report.score(members, score))));
            rows.add(Html.element("tr", Html.all(cells)));
        });
        return Html.styled("table", "scores", Html.all(rows));
    }

    private List<Html> errors() {
        Map<ErrorKind, Integer> main = report.mainErrors();
        if (main.isEmpty()) {
            return List.of();
        }
        int most = main.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        List<Html> rows = new ArrayList<>();
        rows.add(PageParts.head("error", "at all", "mainly"));
        report.allErrors().entrySet().stream()
                .sorted(Comparator.comparing(each -> -main.getOrDefault(each.getKey(), 0)))
                .forEach(each -> rows.add(Html.element(
                        "tr",
                        PageParts.cell(each.getKey().text()),
                        PageParts.number(each.getValue()),
                        PageParts.count(main.getOrDefault(each.getKey(), 0), most))));
        Html note = Html.styled(
                "p", "more", Html.text("Every wrong answer has one main error, and may have others beside it."));
        return List.of(Html.styled("table", "scores", Html.all(rows)), note);
    }

    private List<Html> provenance() {
        Provenance known = report.provenance();
        List<Html> columns = new ArrayList<>();
        add(columns, "Data", known.data());
        add(columns, "Model", known.model());
        add(columns, "Prompt", known.prompt());
        add(columns, "Decoding", known.decoding());
        add(columns, "Versions", known.versions());
        add(columns, "Rules", known.rules());
        columns.add(PageParts.pairs("Questions", Map.of("SHA-256", report.questionsHash())));
        if (!report.skippedDatabases().isEmpty()) {
            Map<String, String> skipped = new LinkedHashMap<>();
            report.skippedDatabases().forEach((name, count) -> skipped.put(name, count + " questions"));
            add(columns, "Missing databases", skipped);
        }
        return List.of(Html.styled("div", "columns", Html.all(columns)));
    }

    private static void add(List<Html> columns, String heading, Map<String, String> pairs) {
        if (!pairs.isEmpty()) {
            columns.add(PageParts.pairs(heading, pairs));
        }
    }
}
