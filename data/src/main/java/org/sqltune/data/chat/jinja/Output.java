package org.sqltune.data.chat.jinja;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.data.chat.jinja.JinjaTemplate.Span;
import org.sqltune.data.chat.jinja.value.JinjaException;
import org.sqltune.data.chat.jinja.value.Values;

/** The output of a template so far. */
final class Output {
    private final StringBuilder text = new StringBuilder();
    private final List<Span> generated = new ArrayList<>();

    void write(String more) {
        if (text.length() + (long) more.length() > Values.MOST_CHARACTERS) {
            throw new JinjaException("the template writes more than " + Values.MOST_CHARACTERS + " characters");
        }
        text.append(more);
    }

    int length() {
        return text.length();
    }

    void generated(int start) {
        generated.add(new Span(start, text.length()));
    }

    List<Span> generated() {
        return generated;
    }

    String text() {
        return text.toString();
    }
}
