package org.sqltune.data.chat.jinja.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Implements {@code text.format(…)} with names and indices, without format specifications. */
public final class FormatMethod {
    private static final Pattern PLACE = Pattern.compile("\\{\\{|}}|\\{(\\w*)}");

    private FormatMethod() {}

    public static String format(String text, Arguments arguments) {
        StringBuilder out = new StringBuilder();
        Matcher place = PLACE.matcher(text);
        int start = 0;
        int next = 0;
        while (place.find()) {
            out.append(text, start, place.start());
            start = place.end();
            String name = place.group(1);
            if (name == null) {
                out.append(place.group().charAt(0));
                continue;
            }
            int index = name.isEmpty() ? next++ : name.matches("\\d{1,4}") ? Integer.parseInt(name) : Integer.MAX_VALUE;
            if (!arguments.has(index, name)) {
                throw new JinjaException("format has no value for {" + name + "}");
            }
            out.append(Values.text(arguments.get(index, name, null)));
        }
        return out.append(text.substring(start)).toString();
    }
}
