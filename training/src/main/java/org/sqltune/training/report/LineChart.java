package org.sqltune.training.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.sqltune.evaluation.html.Html;
import org.sqltune.training.report.RunHistory.Point;

/**
 * Curves over steps as inline SVG. Colours come from the page's style classes, so that they follow its light and dark.
 *
 * @param title what is drawn, for those who can't see it
 * @param width in the drawing's units, which are pixels where there is room for them
 * @param height in the same units
 * @param series the curves
 */
record LineChart(String title, int width, int height, List<Series> series) {
    private static final int LEFT = 46;
    private static final int RIGHT = 12;
    private static final int TOP = 10;
    private static final int BOTTOM = 24;
    private static final int TICKS = 4;
    /** At least so far apart. */
    private static final int PIXELS_A_STEP_TICK = 70;

    /** More points than this are drawn as the extremes of as many groups. */
    private static final int MAX_POINTS = 800;

    private static final int MAX_MARKS = 60;

    /**
     * A curve.
     *
     * @param name as in metrics.jsonl
     * @param style its style class
     * @param points in the order of their steps
     * @param marked whether its points are drawn, too
     */
    record Series(String name, String style, List<Point> points, boolean marked) {}

    /** The picture; nothing if there is no point. */
    Html draw() {
        List<Point> all =
                series.stream().flatMap(each -> each.points().stream()).toList();
        if (all.isEmpty()) {
            return Html.NOTHING;
        }
        Axis x = Axis.over(all.stream().mapToDouble(Point::step), width / PIXELS_A_STEP_TICK, false);
        Axis y = Axis.over(all.stream().mapToDouble(Point::value), TICKS, true);
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                width,
                height,
                Html.text(title).source()));
        drawGrid(svg, x, y);
        for (Series each : series) {
            svg.append(path(each, x, y));
        }
        return new Html(svg.append("</svg>").toString());
    }

    private void drawGrid(StringBuilder svg, Axis x, Axis y) {
        for (double tick : y.ticks()) {
            svg.append(format(
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT, width - RIGHT, vertical(y, tick), vertical(y, tick)));
            svg.append(format(
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT - 6, vertical(y, tick) + 4, Words.tick(tick)));
        }
        for (double tick : x.ticks()) {
            if (tick == Math.rint(tick)) {
                svg.append(format(
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                        horizontal(x, tick), height - 6, Words.rough(tick)));
            }
        }
    }

    private String path(Series curve, Axis x, Axis y) {
        StringBuilder path = new StringBuilder();
        for (Point each : thinned(curve.points())) {
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(format("%.1f %.1f", horizontal(x, each.step()), vertical(y, each.value())));
        }
        StringBuilder svg = new StringBuilder(format("<path class=\"%s\" d=\"%s\"/>", curve.style(), path));
        if (curve.marked() && curve.points().size() <= MAX_MARKS
                || curve.points().size() == 1) {
            for (Point each : curve.points()) {
                svg.append(format(
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s %s at step %.0f</title></circle>",
                        curve.style(),
                        horizontal(x, each.step()),
                        vertical(y, each.value()),
                        curve.name(),
                        Words.tick(each.value()),
                        each.step()));
            }
        }
        return svg.toString();
    }

    /** The lowest and the highest of each group, so that no peak is lost. */
    private static List<Point> thinned(List<Point> points) {
        int group = 2 * ((points.size() + MAX_POINTS - 1) / MAX_POINTS);
        if (points.size() <= MAX_POINTS) {
            return points;
        }
        List<Point> kept = new ArrayList<>();
        for (int from = 0; from < points.size(); from += group) {
            Point low = points.get(from);
            Point high = low;
            for (Point each : points.subList(from, Math.min(points.size(), from + group))) {
                low = each.value() < low.value() ? each : low;
                high = each.value() > high.value() ? each : high;
            }
            kept.add(low.step() <= high.step() ? low : high);
            if (low != high) {
                kept.add(low.step() <= high.step() ? high : low);
            }
        }
        return kept;
    }

    private double horizontal(Axis x, double step) {
        return LEFT + x.share(step) * (width - LEFT - RIGHT);
    }

    private double vertical(Axis y, double value) {
        return height - BOTTOM - y.share(value) * (height - TOP - BOTTOM);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /**
     * A range of values with round ticks.
     *
     * @param low where it begins
     * @param high where it ends, above {@code low}
     * @param step between two ticks
     */
    private record Axis(double low, double high, double step) {
        /** @param rounded whether the range is widened to ticks */
        static Axis over(DoubleStream values, int ticks, boolean rounded) {
            double[] all = values.toArray();
            double low = DoubleStream.of(all).min().orElse(0);
            double high = DoubleStream.of(all).max().orElse(1);
            if (low == high) {
                double margin = low == 0 ? 1 : Math.abs(low) / 2;
                low -= margin;
                high += margin;
            }
            double step = round((high - low) / ticks);
            return rounded
                    ? new Axis(Math.floor(low / step) * step, Math.ceil(high / step) * step, step)
                    : new Axis(low, high, step);
        }

        /** The least of 1, 2, 5 times a power of ten that isn't below. */
        private static double round(double rough) {
            double power = Math.pow(10, Math.floor(Math.log10(rough)));
            double digits = rough / power;
            return power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
        }

        double[] ticks() {
            double first = Math.ceil(low / step - 1e-9);
            double last = Math.floor(high / step + 1e-9);
            return DoubleStream.iterate(first, each -> each <= last, each -> each + 1)
                    .map(each -> each * step)
                    .toArray();
        }

        double share(double value) {
            return (value - low) / (high - low);
        }
    }
}
