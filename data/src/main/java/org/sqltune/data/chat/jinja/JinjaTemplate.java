package org.sqltune.data.chat.jinja;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.chat.jinja.value.JinjaException;

/** A parsed template. Thread-safe. */
public final class JinjaTemplate {
    private final Statement body;
    private final boolean marksGeneration;

    private JinjaTemplate(Statement body, boolean marksGeneration) {
        this.body = body;
        this.marksGeneration = marksGeneration;
    }

    /**
     * A part of a text.
     *
     * @param start index of its first UTF-16 code unit
     * @param end index after its last one
     */
    public record Span(int start, int end) {}

    /**
     * The output of a template.
     *
     * @param text the whole text
     * @param generated the spans of {@code generation} blocks, in order
     */
    public record Rendered(String text, List<Span> generated) {
        public Rendered {
            generated = List.copyOf(generated);
        }
    }

    /**
     * Parses a template.
     *
     * @throws JinjaException if it isn't a valid template; the message names the line
     */
    public static JinjaTemplate parse(String template) {
        try {
            StatementParser parser = new StatementParser(Lexer.tokens(template));
            Statement body = parser.template();
            return new JinjaTemplate(body, parser.hasGeneration());
        } catch (StackOverflowError e) {
            throw new JinjaException("the template is nested too deeply");
        }
    }

    /** Returns whether the template marks the model's output with {@code generation} blocks. */
    public boolean marksGeneration() {
        return marksGeneration;
    }

    /**
     * Renders the template.
     *
     * @param values values by name; each is null, a Boolean, a Long, a Double, a String, or a List or Map of these
     * @param clock gives {@code strftime_now} the time and the zone
     * @throws JinjaException if the template fails or rejects the values
     */
    public Rendered render(Map<String, ? extends @Nullable Object> values, Clock clock) {
        Output out = new Output();
        try {
            body.render(Scope.of(values, new Rendering(clock)), out);
        } catch (StackOverflowError e) {
            throw new JinjaException("the template is nested too deeply");
        }
        return new Rendered(out.text(), out.generated());
    }
}
