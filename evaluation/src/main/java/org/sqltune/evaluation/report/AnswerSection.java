package org.sqltune.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqltune.evaluation.html.Html;
import org.sqltune.evaluation.outline.ErrorKind;

/** Draws the answers on a report's page beside the gold queries, with lists that filter them. */
final class AnswerSection {
    private static final String ANSWERS = "answers";
    private static final String ERROR = "error";
    private static final String RIGHT = "right";
    private static final String WRONG = "wrong";
    private static final String UNDECIDED = "not scored";

    private final Report report;
    private final Filters filters = new Filters();

    AnswerSection(Report report) {
        this.report = report;
        filters.add(
                ANSWERS,
                Stream.of(WRONG, RIGHT, UNDECIDED)
                        .filter(verdict -> report.rows().stream()
                                .anyMatch(row -> verdict(row).equals(verdict)))
                        .toList());
        filters.add(
                ERROR, report.allErrors().keySet().stream().map(ErrorKind::text).toList());
        report.groupings()
                .forEach(grouping ->
                        filters.add(grouping.title(), report.groups(grouping).keySet()));
        filters.preselect(ANSWERS, WRONG);
    }

    String rules() {
        return filters.rules();
    }

    Html draw() {
        if (report.rows().isEmpty()) {
            return Html.NOTHING;
        }
        List<Html> answers = new ArrayList<>();
        report.rows().forEach(row -> answers.add(answer(row)));
        answers.add(Html.styled("p", "shown"));
        return Html.element(
                "section",
                Html.element("h2", Html.text("Questions and answers")),
                filters.draw(),
                Html.styled("div", "answers", Html.all(answers)));
    }

    private String verdict(ReportRow row) {
        Boolean right = row.verdict(report.mainScore());
        if (right == null) {
            right = row.verdict(Columns.EXACT_MATCH);
        }
        return right == null ? UNDECIDED : right ? RIGHT : WRONG;
    }

    private Html answer(ReportRow row) {
        String verdict = verdict(row);
        List<Html> title = new ArrayList<>();
        title.add(AnswerHtml.tag(verdict.equals(UNDECIDED) ? "" : verdict, verdict));
        title.add(Html.text(row.question().isEmpty() ? row.id() : row.question()));
        Html errors = Html.all(row.errors().stream()
                .map(kind -> AnswerHtml.tag("error", kind.text()))
                .toList());
        String groups = String.join(" · ", row.labels().values());
        return Html.styled(
                "article",
                classes(row, verdict),
                Html.element("h3", Html.all(title)),
                Html.styled(
                        "div",
                        "pair",
                        AnswerHtml.side("gold", row.gold(), "", "", row.goldResult()),
                        AnswerHtml.side(
                                "predicted",
                                row.prediction(),
                                verdict.equals(UNDECIDED) ? "" : verdict,
                                row.error(),
                                row.predictedResult())),
                Html.styled("p", "more", errors, Html.text((groups + " · " + row.id()).strip())));
    }

    private String classes(ReportRow row, String verdict) {
        List<String> classes = new ArrayList<>(List.of("answer", filters.classOf(ANSWERS, verdict)));
        row.errors().forEach(kind -> classes.add(filters.classOf(ERROR, kind.text())));
        row.labels().forEach((grouping, label) -> classes.add(filters.classOf(grouping.title(), label)));
        return classes.stream()
                .filter(Objects::nonNull)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
