package org.sqltune.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import org.sqltune.evaluation.html.Html;

/** Draws the head of a page: the title block, and content below it. */
public final class TitleHtml {
    private TitleHtml() {}

    /**
     * Returns the head of a page.
     *
     * @param mark follows the run's name, such as its status
     * @param below follows the title block
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

    /** Returns a page head that has only the title block. */
    public static Html draw(TitleBlock title) {
        return draw(title, Html.NOTHING, Html.NOTHING);
    }
}
