package org.sqltune.data.chat.jinja.value;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** Implements {@code strftime} in the C locale. */
public final class PythonTime {
    private static final Map<Character, String> PATTERNS = Map.ofEntries(
            Map.entry('a', "EEE"),
            Map.entry('A', "EEEE"),
            Map.entry('b', "MMM"),
            Map.entry('B', "MMMM"),
            Map.entry('d', "dd"),
            Map.entry('e', "ppd"),
            Map.entry('F', "yyyy-MM-dd"),
            Map.entry('H', "HH"),
            Map.entry('I', "hh"),
            Map.entry('j', "DDD"),
            Map.entry('m', "MM"),
            Map.entry('M', "mm"),
            Map.entry('p', "a"),
            Map.entry('S', "ss"),
            Map.entry('T', "HH:mm:ss"),
            Map.entry('y', "yy"),
            Map.entry('Y', "yyyy"));

    private PythonTime() {}

    public static String format(ZonedDateTime time, String format) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 >= format.length()) {
                out.append(c);
                continue;
            }
            char code = format.charAt(++i);
            // A minus suppresses leading zeros.
            boolean bare = code == '-' && i + 1 < format.length();
            code = bare ? format.charAt(++i) : code;
            String pattern = PATTERNS.get(code);
            if (pattern == null) {
                out.append(code == '%' ? "%" : "%" + code);
                continue;
            }
            String text = time.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
            out.append(bare ? text.replaceFirst("^0+(?=.)", "") : text);
        }
        return out.toString();
    }
}
