package org.sqltune.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import org.sqltune.evaluation.html.Html;

/** Draws the head of a page: the title block, and below it what else is to be said at once. */
public final class TitleHtml {
    private TitleHtml() {}

    /**
     * The head of a page.
     *
     * @param mark stands behind the run's name, such as its status
     * @param below stands under the title block
     */
    public static Html draw(TitleBlock title, Html mark, Html below) {
        List<Html> parts = new ArrayList<>();
        for (Entry<String, String> part : title.parts()) {
            parts.add(Html.element("dt", Html.text(part.getKey())));
            parts.add(Html.element("dd", Html.text(part.getValue())));
        }
        return Html.element(
                "header",
                Html.element("h1", Html.text(title.run()), mark),
                Html.styled("dl", "title", Html.all(parts)),
                below);
    }

    /** The head of a page that says no more. */
    public static Html draw(TitleBlock title) {
        return draw(title, Html.NOTHING, Html.NOTHING);
    }
}
