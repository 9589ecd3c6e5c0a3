package org.sqltune.training.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.html.Html;
import org.sqltune.evaluation.html.HtmlPage;
import org.sqltune.training.report.LineChart.Series;
import org.sqltune.training.report.RunHistory.Point;
import org.sqltune.training.report.RunRecord.Best;

/**
 * The curves of a run: losses large, learning rate and gradient norm small.
 *
 * @param history the metrics
 * @param best where the result comes from; null if nothing was chosen
 */
record CurveSection(RunHistory history, @Nullable Best best) {
    /** Curves with more points also get a smoothed one. */
    private static final int NOISY = 40;

    Html draw() {
        List<Html> charts = new ArrayList<>();
        charts.add(losses());
        List<Html> small = new ArrayList<>();
        small.add(figure("learning rate", single("learning_rate")));
        small.add(figure("gradient norm, before clipping", single("grad_norm")));
        Html row = Html.all(
                small.stream().filter(each -> !each.equals(Html.NOTHING)).toList());
        if (!row.source().isEmpty()) {
            charts.add(Html.styled("div", "row", row));
        }
        return HtmlPage.section("Curves", charts);
    }

    private Html losses() {
        List<Point> train = history.points("loss");
        List<Point> validation = history.points("eval_loss");
        List<Series> series = new ArrayList<>();
        boolean noisy = train.size() > NOISY;
        series.add(new Series("loss", noisy ? "train faint" : "train", train, !noisy));
        if (noisy) {
            series.add(new Series("loss", "train", smoothed(train), false));
        }
        series.add(new Series("eval_loss", "validation", validation, true));
        if (best != null) {
            List<Point> there = validation.stream()
                    .filter(each -> each.step() == best.step())
                    .toList();
            series.add(new Series("eval_loss", "best", there, true));
        }
        return figure("loss over steps", legend(validation, noisy), new LineChart("Loss", 860, 300, series).draw());
    }

    private Html legend(List<Point> validation, boolean noisy) {
        List<Html> keys = new ArrayList<>();
        keys.add(key("train", noisy ? "training, smoothed" : "training"));
        if (!validation.isEmpty()) {
            keys.add(key("validation", "validation"));
        }
        if (best != null) {
            keys.add(key("best", "the result's step"));
        }
        return Html.styled("span", "legend", Html.all(keys));
    }

    private static Html key(String style, String name) {
        return Html.element("span", Html.styled("i", style), Html.text(name));
    }

    private Html single(String metric) {
        List<Point> points = history.points(metric);
        return new LineChart(metric, 420, 190, List.of(new Series(metric, "plain", points, false))).draw();
    }

    private static Html figure(String caption, Html chart) {
        return figure(caption, Html.NOTHING, chart);
    }

    private static Html figure(String caption, Html legend, Html chart) {
        return chart.equals(Html.NOTHING)
                ? Html.NOTHING
                : Html.element("figure", Html.element("figcaption", Html.text(caption), legend), chart);
    }

    /** A moving average that forgets slowly, corrected for its start. */
    private static List<Point> smoothed(List<Point> points) {
        double keep = 1 - Math.min(0.2, 20.0 / points.size());
        List<Point> smooth = new ArrayList<>();
        double sum = 0;
        double weight = 0;
        for (Point each : points) {
            sum = keep * sum + (1 - keep) * each.value();
            weight = keep * weight + (1 - keep);
            smooth.add(new Point(each.step(), sum / weight));
        }
        return smooth;
    }
}
