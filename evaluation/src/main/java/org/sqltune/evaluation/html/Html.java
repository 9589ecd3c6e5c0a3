package org.sqltune.evaluation.html;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.sqltune.core.text.PrintableText;

/**
 * A piece of a page whose text is escaped. Data is hostile, and only {@link #text}, which escapes it, takes it in; control
 * characters and marks that turn the direction of writing become visible.
 *
 * @param source the piece as HTML
 */
public record Html(String source) {
    /** An empty piece. */
    public static final Html NOTHING = new Html("");

    /** A text, of any characters. */
    public static Html text(String text) {
        return new Html(escaped(text));
    }

    /** An element without attributes. */
    public static Html element(String name, Html... children) {
        return element(name, Map.of(), children);
    }

    /** An element of a style class, or several. */
    public static Html styled(String name, String classes, Html... children) {
        return element(name, Map.of("class", classes), children);
    }

    /**
     * An element with attributes.
     *
     * @param attributes values by name; values may be any text
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
