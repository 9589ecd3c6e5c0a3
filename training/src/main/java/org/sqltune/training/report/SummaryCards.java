package org.sqltune.training.report;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.evaluation.html.Html;
import org.sqltune.evaluation.report.Columns;
import org.sqltune.training.report.RunRecord.Best;
import org.sqltune.training.report.RunRecord.Progress;
import org.sqltune.training.report.RunRecord.SetScore;

/**
 * The numbers that matter most, one a card.
 *
 * @param run the run's summary
 */
record SummaryCards(RunRecord run) {
    Html draw() {
        List<Html> cards = new ArrayList<>();
        run.scores().stream()
                .filter(score -> score.metric().equals(mainMetric()))
                .forEach(score -> cards.add(score(score)));
        Best best = run.best();
        if (best != null) {
            cards.add(best(best));
        }
        Progress progress = run.training();
        if (progress != null) {
            addProgress(cards, progress);
        }
        Long peak = run.peakMemoryBytes();
        if (peak != null) {
            cards.add(card("peak memory", Words.bytes(peak), "of the whole process"));
        }
        return Html.styled("div", "cards", Html.all(cards));
    }

    private static Html best(Best best) {
        boolean loss = best.metric().equals("eval_loss");
        String what = loss
                ? "validation loss"
                : best.metric().replaceFirst("eval_", "best ").replace('_', ' ');
        String value = loss ? Words.fixed(best.value(), 4) : Words.percent(best.value());
        return card(what, value, "at step " + Words.count(best.step()));
    }

    private String mainMetric() {
        boolean executed =
                run.scores().stream().anyMatch(score -> score.metric().equals(Columns.EXECUTION_ACCURACY.name()));
        return (executed ? Columns.EXECUTION_ACCURACY : Columns.EXACT_MATCH).name();
    }

    private static Html score(SetScore score) {
        Double now = score.after() == null ? score.before() : score.after();
        String change = score.after() == null || score.before() == null
                ? "before training"
                : "before: " + Words.percent(score.before());
        String questions = score.questions() == 1 ? "1 question" : Words.count(score.questions()) + " questions";
        return Html.styled(
                "div",
                "card main",
                Html.styled("span", "what", Html.text(score.title())),
                Html.styled("b", "value", Html.text(now == null ? "–" : Words.percent(now))),
                Html.styled("span", "more", Html.text(score.set() + ", " + questions + ", " + change)));
    }

    private static void addProgress(List<Html> cards, Progress progress) {
        Double loss = progress.loss();
        if (loss != null) {
            cards.add(card("training loss", Words.fixed(loss, 4), "in the last logged steps"));
        }
        cards.add(card(
                "steps",
                Words.count(progress.steps()),
                "of " + Words.count(progress.totalSteps()) + ", epoch " + Words.fixed(progress.epoch(), 2)));
        cards.add(card(
                "training time", Words.duration(progress.seconds()), Words.count(progress.examples()) + " examples"));
        cards.add(card(
                "speed",
                Words.rough(progress.examplesPerSecond()) + " ex/s",
                Words.rough(progress.tokensPerSecond()) + " tokens/s"));
    }

    private static Html card(String what, String value, String more) {
        return Html.styled(
                "div",
                "card",
                Html.styled("span", "what", Html.text(what)),
                Html.styled("b", "value", Html.text(value)),
                Html.styled("span", "more", Html.text(more)));
    }
}
