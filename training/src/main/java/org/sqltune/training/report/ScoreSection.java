package org.sqltune.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.ScoredPrediction;
import org.sqltune.evaluation.html.Html;
import org.sqltune.evaluation.html.HtmlPage;
import org.sqltune.training.report.ExampleChoice.Chosen;
import org.sqltune.training.report.RunRecord.SetScore;

/**
 * What the model answered before and after.
 *
 * @param scores the scores
 * @param evaluations the answers, by set
 */
record ScoreSection(List<SetScore> scores, Map<String, EvaluationPair> evaluations) {
    Html draw() {
        if (scores.isEmpty()) {
            return Html.NOTHING;
        }
        return Html.all(
                HtmlPage.section("Scores", List.of(table())), HtmlPage.section("Questions and answers", answers()));
    }

    private Html table() {
        List<Html> rows = new ArrayList<>();
        rows.add(Html.element(
                "tr",
                head("set"),
                head("score"),
                Html.styled("th", "number", Html.text("questions")),
                head("before"),
                head("after")));
        for (SetScore score : scores) {
            rows.add(Html.element(
                    "tr",
                    cell(score.set()),
                    cell(score.title()),
                    Html.styled("td", "number", Html.text(Words.count(score.questions()))),
                    bar("before", score.before()),
                    bar("after", score.after())));
        }
        return Html.styled("table", "scores", Html.all(rows));
    }

    private static Html head(String text) {
        return Html.element("th", Html.text(text));
    }

    private static Html cell(String text) {
        return Html.element("td", Html.text(text));
    }

    private static Html bar(String when, @Nullable Double share) {
        if (share == null) {
            return cell("–");
        }
        String width = "width:" + Words.fixed(100 * share, 1) + "%";
        return Html.styled(
                "td",
                "bar " + when,
                Html.element("span", Html.text(Words.percent(share))),
                Html.styled("div", "track", Html.element("div", Map.of("style", width))));
    }

    private List<Html> answers() {
        List<Html> answers = new ArrayList<>();
        evaluations.forEach((set, pair) -> ExampleChoice.of(pair).forEach(each -> answers.add(answer(set, each))));
        return answers;
    }

    private static Html answer(String set, Chosen chosen) {
        ScoredPrediction after = chosen.after();
        List<Html> lines = new ArrayList<>();
        lines.add(Html.element(
                "h3",
                Html.styled(
                        "span",
                        "kind " + chosen.kind().name().toLowerCase(Locale.ROOT),
                        Html.text(chosen.kind().name().toLowerCase(Locale.ROOT))),
                Html.text(after.example().question())));
        lines.add(sql("gold", after.example().sql(), "", ""));
        ScoredPrediction before = chosen.before();
        if (before != null) {
            lines.add(answered("before", before));
        }
        lines.add(answered("after", after));
        String database = after.example().databaseId();
        lines.add(Html.styled("p", "more", Html.text(database.isEmpty() ? set : set + " · " + database)));
        return Html.styled("article", "answer", Html.all(lines));
    }

    private static Html answered(String when, ScoredPrediction prediction) {
        boolean right = ExampleChoice.isRight(prediction);
        return sql(when, prediction.prediction().sql(), right ? "right" : "wrong", prediction.error());
    }

    private static Html sql(String label, String sql, String verdict, String error) {
        return Html.styled(
                "div",
                "sql " + verdict,
                Html.styled("span", "label", Html.text(label)),
                Html.element("code", Html.text(sql.isBlank() ? "(nothing)" : sql)),
                error.isEmpty() ? Html.NOTHING : Html.styled("span", "why", Html.text(error)));
    }
}
