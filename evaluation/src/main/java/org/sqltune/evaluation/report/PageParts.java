package org.sqltune.evaluation.report;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.sqltune.evaluation.html.Html;
import org.sqltune.evaluation.metric.Score;

/** HTML fragments that the pages of evaluations and comparisons share. */
public final class PageParts {
    private PageParts() {}

    /** Returns a figure on a card. */
    public static Html card(boolean main, String what, String value, String more) {
        return Html.styled(
                "div",
                main ? "card main" : "card",
                Html.styled("span", "what", Html.text(what)),
                Html.styled("span", "value", Html.text(value)),
                more.isEmpty() ? Html.NOTHING : Html.styled("span", "more", Html.text(more)));
    }

    /** Returns a row of headings. */
    public static Html head(String... texts) {
        return Html.element(
                "tr",
                Html.all(Stream.of(texts)
                        .map(each -> each.equals("questions") || each.equals("at all")
                                ? Html.styled("th", "number", Html.text(each))
                                : Html.element("th", Html.text(each)))
                        .toList()));
    }

    /** Returns a cell of text. */
    public static Html cell(String text) {
        return Html.element("td", Html.text(text));
    }

    /** Returns a cell with a number. */
    public static Html number(long number) {
        return Html.styled("td", "number", Html.text(String.format(Locale.ROOT, "%,d", number)));
    }

    /** Returns a cell that shows a share as a bar, with its interval marked. */
    public static Html bar(Score score) {
        if (score.total() == 0) {
            return cell("–");
        }
        double share = score.accuracy().orElse(0);
        double low = score.interval().low();
        double high = score.interval().high();
        Html track = Html.styled(
                "div",
                "track",
                filled(share),
                Html.element("i", Map.of("style", "left:" + percent(low) + "%;width:" + percent(high - low) + "%")));
        return Html.element(
                "td",
                ImmutableMap.of(
                        "class", "bar", "title", "95 %: " + score.interval().percent()),
                Html.element("span", Html.text(score.percent())),
                track);
    }

    /** Returns a cell that shows a count as a bar. */
    public static Html count(int count, int most) {
        return Html.styled(
                "td",
                "bar bad",
                Html.element("span", Html.text(String.valueOf(count))),
                Html.styled("div", "track", filled((double) count / most)));
    }

    private static Html filled(double share) {
        return Html.element("div", Map.of("style", "width:" + percent(share) + "%"));
    }

    /** Returns names and values under a heading. */
    public static Html pairs(String heading, Map<String, String> pairs) {
        List<Html> rows = new ArrayList<>();
        pairs.forEach((name, value) -> rows.add(Html.element(
                "tr", Html.element("th", Html.text(name.replace('_', ' '))), Html.element("td", Html.text(value)))));
        return Html.element(
                "div", Html.element("h3", Html.text(heading)), Html.styled("table", "pairs", Html.all(rows)));
    }

    /** Returns the foot of a page. */
    public static Html footer(Provenance provenance, String note) {
        String version = provenance.versions().getOrDefault("sqltune", "");
        return Html.element("footer", Html.text(("SqlTune " + version).strip() + ". " + note));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share);
    }
}
