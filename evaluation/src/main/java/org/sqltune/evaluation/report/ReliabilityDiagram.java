package org.sqltune.evaluation.report;

import java.util.List;
import java.util.Locale;
import org.sqltune.evaluation.html.Html;
import org.sqltune.evaluation.metric.Calibration;
import org.sqltune.evaluation.metric.Calibration.Bin;

/**
 * Shares of right answers by confidence, as inline SVG: a bar for each bin, the diagonal on which a calibrated model lies, and
 * below each bin its number of answers. Colours are the page's.
 */
record ReliabilityDiagram(Calibration calibration) {
    private static final int LEFT = 44;
    private static final int TOP = 10;
    private static final int SIDE = 300;
    private static final int BOTTOM = 56;
    private static final int GRID = 5;

    /** The picture. */
    Html draw() {
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg class=\"reliability\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                LEFT + SIDE + 12,
                TOP + SIDE + BOTTOM,
                "Share of right answers by confidence"));
        for (int i = 0; i <= GRID; i++) {
            double value = (double) i / GRID;
            line(svg, "grid", x(0), y(value), x(1), y(value));
            text(svg, "end", x(0) - 6, y(value) + 4, String.format(Locale.ROOT, "%.1f", value));
            text(svg, "middle", x(value), y(0) + 16, String.format(Locale.ROOT, "%.1f", value));
        }
        List<Bin> bins = calibration.bins();
        for (int i = 0; i < bins.size(); i++) {
            bar(svg, bins.get(i), (double) i / bins.size(), (double) (i + 1) / bins.size());
        }
        line(svg, "ideal", x(0), y(0), x(1), y(1));
        text(svg, "middle", x(0.5), y(0) + 50, "confidence (above it: answers)");
        svg.append("</svg>");
        return new Html(svg.toString());
    }

    private static void bar(StringBuilder svg, Bin bin, double from, double to) {
        if (bin.answers() == 0) {
            return;
        }
        double height = Math.max(0.004, bin.accuracy());
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"share\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%d of %d answers right,"
                        + " mean confidence %.2f</title></rect>",
                x(from) + 1.5,
                y(height),
                x(to) - x(from) - 3,
                y(0) - y(height),
                bin.right(),
                bin.answers(),
                bin.meanConfidence()));
        text(svg, "middle", x((from + to) / 2), y(0) + 32, String.valueOf(bin.answers()));
    }

    private static void line(StringBuilder svg, String style, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(StringBuilder svg, String anchor, double x, double y, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", anchor, x, y, text));
    }

    private static double x(double share) {
        return LEFT + SIDE * share;
    }

    private static double y(double share) {
        return TOP + SIDE * (1 - share);
    }
}
