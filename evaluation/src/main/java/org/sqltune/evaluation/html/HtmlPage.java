package org.sqltune.evaluation.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A whole HTML page. Its content security policy forbids scripts and external resources.
 *
 * @param title the window's title
 * @param refreshSeconds the interval at which a browser reloads the page; 0 for never
 * @param style CSS rules besides those that all pages share
 * @param body the page's content
 */
public record HtmlPage(String title, int refreshSeconds, String style, Html body) {

    /** Returns the page's HTML. */
    public String source() {
        String refresh =
                refreshSeconds == 0 ? "" : "<meta http-equiv=\"refresh\" content=\"" + refreshSeconds + "\">\n";
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                %s%s
                <style>
                %s%s</style>
                </head>
                <body>
                %s
                </body>
                </html>
                """.formatted(
                        refresh,
                        Html.element("title", Html.text(title)).source(),
                        resource(HtmlPage.class, "page.css"),
                        style,
                        body.source());
    }

    /** Returns a section under a heading; empty if it has no content. */
    public static Html section(String heading, List<Html> content) {
        Html inside = Html.all(content);
        return inside.source().isBlank()
                ? Html.NOTHING
                : Html.element("section", Html.element("h2", Html.text(heading)), inside);
    }

    /** Returns a text resource from a class's package. */
    public static String resource(Class<?> neighbour, String name) {
        try (InputStream in = neighbour.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The jar was packed without " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
