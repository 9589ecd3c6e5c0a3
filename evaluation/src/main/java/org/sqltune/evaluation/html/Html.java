package org.sqltune.evaluation.html;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.sqltune.core.text.PrintableText;

/**
 * A fragment of HTML whose text is escaped. Data is hostile, so it enters only through {@link #text}, which escapes
 * it and makes control characters and marks of writing direction visible.
 *
 * @param source the HTML
 */
public record Html(String source) {
    /** The empty fragment. */
    public static final Html NOTHING = new Html("");

    /** Returns a text of any characters, escaped. */
    public static Html text(String text) {
        return new Html(escaped(text));
    }

    /** Returns an element without attributes. */
    public static Html element(String name, Html... children) {
        return element(name, Map.of(), children);
    }

    /** Returns an element with one or more style classes, separated by spaces. */
    public static Html styled(String name, String classes, Html... children) {
        return element(name, Map.of("class", classes), children);
    }

    /**
     * Returns an element with attributes.
     *
     * @param attributes values by name; a value may be any text
     */
    public static Html element(String name, Map<String, String> attributes, Html... children) {
        StringBuilder source = new StringBuilder("<").append(name);
        attributes.forEach((key, value) -> source.append(' ')
                .append(key)
                .append("=\"")
                .append(escaped(value))
                .append('"'));
        source.append('>');
        Arrays.stream(children).forEach(child -> source.append(child.source()));
        return new Html(source.append("</").append(name).append('>').toString());
    }

    /** Pieces one after the other. */
    public static Html all(Collection<Html> pieces) {
        return new Html(pieces.stream().map(Html::source).collect(Collectors.joining("\n")));
    }

    /** Pieces one after the other. */
    public static Html all(Html... pieces) {
        return all(Arrays.asList(pieces));
    }

    private static String escaped(String text) {
        return PrintableText.lines(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
