package org.sqltune.evaluation.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqltune.evaluation.compare.Comparison.Pair;
import org.sqltune.evaluation.html.Html;
import org.sqltune.evaluation.report.AnswerHtml;
import org.sqltune.evaluation.report.ColumnDescriptor;
import org.sqltune.evaluation.report.Filters;
import org.sqltune.evaluation.report.ReportRow;

/** Draws the questions of a comparison's page: both answers, the gold query, and lists that filter the questions. */
final class ComparisonAnswers {
    private static final String CHANGE = "change";

    private final Comparison comparison;
    private final Filters filters = new Filters();

    ComparisonAnswers(Comparison comparison) {
        this.comparison = comparison;
        filters.add(
                CHANGE,
                Stream.of(Change.values())
                        .filter(change -> comparison.pairs().stream().anyMatch(pair -> changeOf(pair) == change))
                        .map(Change::text)
                        .toList());
        comparison
                .baseline()
                .groupings()
                .forEach(grouping -> filters.add(
                        grouping.title(), comparison.baseline().groups(grouping).keySet()));
    }

    String rules() {
        return filters.rules();
    }

    Html draw() {
        List<Html> answers = new ArrayList<>();
        Stream.of(Change.values())
                .forEach(change -> comparison.pairs().stream()
                        .filter(pair -> changeOf(pair) == change)
                        .forEach(pair -> answers.add(answer(pair, change))));
        answers.add(Html.styled("p", "shown"));
        return Html.element(
                "section",
                Html.element("h2", Html.text("Questions, fixed and broken ones first")),
                filters.draw(),
                Html.styled("div", "answers", Html.all(answers)));
    }

    private Html answer(Pair pair, Change change) {
        ReportRow tuned = pair.tuned();
        String title = tuned.question().isEmpty() ? tuned.id() : tuned.question();
        String groups = String.join(" · ", tuned.labels().values());
        return Html.styled(
                "article",
                classes(tuned, change),
                Html.element("h3", AnswerHtml.tag(change.style(), change.text()), Html.text(title)),
                Html.styled(
                        "div",
                        "pair",
                        AnswerHtml.side("gold", tuned.gold(), "", "", tuned.goldResult()),
                        side("baseline", pair.baseline()),
                        side("tuned", tuned)),
                Html.styled("p", "more", Html.text((groups + " · " + tuned.id()).strip())));
    }

    private Html side(String label, ReportRow row) {
        Boolean right = row.verdict(comparison.mainScore());
        String verdict = right == null ? "" : right ? "right" : "wrong";
        return AnswerHtml.side(label, row.prediction(), verdict, row.error(), row.predictedResult());
    }

    private String classes(ReportRow row, Change change) {
        List<String> classes = new ArrayList<>(List.of("answer", filters.classOf(CHANGE, change.text())));
        row.labels().forEach((grouping, label) -> classes.add(filters.classOf(grouping.title(), label)));
        return classes.stream().filter(each -> !each.isEmpty()).collect(Collectors.joining(" "));
    }

    private Change changeOf(Pair pair) {
        ColumnDescriptor score = comparison.mainScore();
        return Change.of(pair.baseline().verdict(score), pair.tuned().verdict(score));
    }
}
