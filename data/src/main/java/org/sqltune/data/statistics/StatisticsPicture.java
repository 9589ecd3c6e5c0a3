package org.sqltune.data.statistics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws statistics as a self-contained SVG file: one row per part, with the lengths in tokens and their limit, and
 * the number of queries by hardness and category.
 */
public final class StatisticsPicture {
    private static final int WIDTH = 1000;
    private static final int ROW = 250;
    private static final int TOP = 56;
    private static final int BARS = 24;
    private static final int CHART_HEIGHT = 130;
    private static final int HISTOGRAM_X = 40;
    private static final int HISTOGRAM_WIDTH = 420;
    private static final int GRADES_X = 510;
    private static final int KINDS_X = 760;
    private static final int LINE = 24;

    private static final String STYLE = "text{font-family:system-ui,sans-serif;font-size:12px;fill:#24292f}"
            + ".h{font-size:16px;font-weight:600}.s{fill:#57606a}.e{text-anchor:end}.m{text-anchor:middle}"
            + ".b{fill:#3b6ea8}.c{fill:#c4572e}.l{stroke:#c4572e;stroke-dasharray:4 3}.a{stroke:#8c959f}";

    private final StringBuilder svg = new StringBuilder();

    private StatisticsPicture() {}

    /**
     * A part to draw.
     *
     * @param name its name
     * @param statistics its statistics
     * @param hardness number of examples by hardness; empty if unknown
     */
    public record Part(String name, DatasetStatistics statistics, Map<String, Integer> hardness) {}

    /** Returns the picture. */
    public static String of(List<Part> parts) {
        StatisticsPicture picture = new StatisticsPicture();
        picture.svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\"><style>%s</style>"
                        + "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n",
                WIDTH,
                parts.size() * ROW + 8,
                WIDTH,
                parts.size() * ROW + 8,
                STYLE));
        for (int i = 0; i < parts.size(); i++) {
            picture.part(parts.get(i), i * ROW);
        }
        return picture.svg.append("</svg>\n").toString();
    }

    private void part(Part part, int y) {
        DatasetStatistics figures = part.statistics();
        text(16, y + 24, "h", part.name());
        text(
                16,
                y + 42,
                "s",
                String.format(
                        Locale.ROOT,
                        "%,d examples, %,d tokens; %,d are longer than max_length %d; shared beginnings make it %.1f times fewer",
                        figures.examples(),
                        figures.tokens(),
                        figures.truncated(),
                        figures.maxLength(),
                        figures.sharingRatio()));
        histogram(figures, y + TOP);
        bars("by hardness", part.hardness(), GRADES_X, y + TOP);
        bars("by kind", figures.categories(), KINDS_X, y + TOP);
    }

    private void histogram(DatasetStatistics figures, int y) {
        text(HISTOGRAM_X, y + 10, "s", "tokens of an example");
        int longest =
                figures.lengths().stream().mapToInt(Integer::intValue).max().orElse(0);
        int end = niceEnd(Math.max(1, longest));
        int[] counts = new int[BARS];
        figures.lengths().forEach(length -> counts[Math.min(BARS - 1, (int) ((long) length * BARS / end))]++);
        int most = 1;
        for (int count : counts) {
            most = Math.max(most, count);
        }
        int bottom = y + 20 + CHART_HEIGHT;
        double step = (double) HISTOGRAM_WIDTH / BARS;
        for (int i = 0; i < BARS; i++) {
            double height = (double) CHART_HEIGHT * counts[i] / most;
            double from = (double) i * end / BARS;
            String style = from >= figures.maxLength() ? "c" : "b";
            String title = String.format(
                    Locale.ROOT, "%,d examples of %.0f to %.0f tokens", counts[i], from, (i + 1.0) * end / BARS);
            rect(HISTOGRAM_X + i * step + 1, bottom - height, step - 2, height, style, title);
        }
        line(HISTOGRAM_X, bottom, HISTOGRAM_X + HISTOGRAM_WIDTH, bottom, "a");
        for (int tick = 0; tick <= 4; tick++) {
            text(HISTOGRAM_X + HISTOGRAM_WIDTH * tick / 4, bottom + 16, "m s", Integer.toString(end * tick / 4));
        }
        if (figures.maxLength() <= end) {
            int x = HISTOGRAM_X + (int) ((long) HISTOGRAM_WIDTH * figures.maxLength() / end);
            line(x, y + 20, x, bottom, "l");
            text(x + 4, y + 30, "c", "max_length");
        }
        text(HISTOGRAM_X - 6, y + 26, "e s", Integer.toString(most));
    }

    private void bars(String heading, Map<String, Integer> counts, int x, int y) {
        if (counts.isEmpty()) {
            return;
        }
        text(x, y + 10, "s", heading);
        int sum = sum(counts.values());
        int most = Collections.max(counts.values());
        List<String> names = new ArrayList<>(counts.keySet());
        for (int i = 0; i < Math.min(names.size(), (CHART_HEIGHT + LINE) / LINE); i++) {
            int count = counts.getOrDefault(names.get(i), 0);
            int at = y + 22 + i * LINE;
            double width = 80.0 * count / most;
            text(x + 76, at + 13, "e", names.get(i));
            rect(x + 82, at, width, LINE - 8, "b", names.get(i) + ": " + count);
            text((int) (x + 86 + width), at + 13, "s", String.format(Locale.ROOT, "%.0f %%", 100.0 * count / sum));
        }
    }

    private static int sum(Collection<Integer> counts) {
        return Math.max(1, counts.stream().mapToInt(Integer::intValue).sum());
    }

    /** Returns the next number of the form 4, 8, 12, 20, 40 … times a power of ten, so that quarters are integers. */
    private static int niceEnd(int longest) {
        long unit = 4;
        while (true) {
            for (int factor : new int[] {1, 2, 3, 5, 7}) {
                if (unit * factor >= longest) {
                    return (int) Math.min(Integer.MAX_VALUE, unit * factor);
                }
            }
            unit *= 10;
        }
    }

    private void text(int x, int y, String style, String text) {
        svg.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" class=\"")
                .append(style)
                .append("\">");
        svg.append(escaped(text)).append("</text>\n");
    }

    private void rect(double x, double y, double width, double height, String style, String title) {
        svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"><title>",
                        x,
                        y,
                        width,
                        height,
                        style))
                .append(escaped(title))
                .append("</title></rect>\n");
    }

    private void line(int x1, int y1, int x2, int y2, String style) {
        svg.append(String.format(
                Locale.ROOT, "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" class=\"%s\"/>\n", x1, y1, x2, y2, style));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
