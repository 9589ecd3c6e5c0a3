package org.sqltune.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.evaluation.html.Html;

/** Draws SQL and its result as HTML. */
public final class AnswerHtml {
    private AnswerHtml() {}

    /**
     * Draws one side of a comparison.
     *
     * @param label the heading, such as the system that wrote the SQL
     * @param verdict the CSS class: {@code right}, {@code wrong} or empty
     * @param error the error, one line; empty for none
     * @param result the query's result; null if it isn't known
     */
    public static Html side(String label, String sql, String verdict, String error, @Nullable ResultExcerpt result) {
        List<Html> pieces = new ArrayList<>();
        pieces.add(Html.styled("span", "label", Html.text(label)));
        pieces.add(Html.element("code", Html.text(sql.isBlank() ? "(nothing)" : sql)));
        if (!error.isEmpty()) {
            pieces.add(Html.styled("span", "why", Html.text(error)));
        }
        if (result != null) {
            pieces.add(result(result));
        }
        return Html.styled("div", ("side " + verdict).strip(), Html.all(pieces));
    }

    private static Html result(ResultExcerpt result) {
        if (result.totalRows() == 0) {
            return Html.styled("p", "more", Html.text("no rows"));
        }
        List<Html> rows = new ArrayList<>();
        rows.add(Html.element(
                "tr",
                Html.all(result.columns().stream()
                        .map(name -> Html.element("th", Html.text(name)))
                        .toList())));
        for (List<@Nullable String> row : result.rows()) {
            List<Html> values = new ArrayList<>();
            for (String value : row) {
                values.add(value == null ? Html.styled("td", "null", Html.text("NULL")) : cell(value));
            }
            rows.add(Html.element("tr", Html.all(values)));
        }
        Html table = Html.styled("div", "result", Html.element("table", Html.all(rows)));
        int more = result.totalRows() - result.rows().size();
        return more == 0
                ? table
                : Html.all(table, Html.styled("p", "more", Html.text("and " + more + (more == 1 ? " row" : " rows"))));
    }

    private static Html cell(String value) {
        return Html.element("td", Html.text(value));
    }

    /** Returns a word in a rounded frame. */
    public static Html tag(String style, String text) {
        return Html.styled("span", "kind " + style, Html.text(text));
    }
}
