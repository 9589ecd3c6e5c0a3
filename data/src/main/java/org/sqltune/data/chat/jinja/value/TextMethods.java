package org.sqltune.data.chat.jinja.value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Methods of Python's strings. */
public final class TextMethods {
    private static final Pattern PLACE = Pattern.compile("%(-?\\d*)(?:\\.(\\d+))?([sdfr%])");

    private TextMethods() {}

    /** Returns the method of that name; null if there is none. */
    public static @Nullable Callable of(String text, String name) {
        return switch (name) {
            case "strip" -> arguments -> PythonText.strip(text, characters(arguments), true, true);
            case "lstrip" -> arguments -> PythonText.strip(text, characters(arguments), true, false);
            case "rstrip" -> arguments -> PythonText.strip(text, characters(arguments), false, true);
            case "split", "rsplit" ->
                arguments -> PythonText.split(
                        text,
                        arguments.get(0, "sep", null) == null ? null : arguments.text(0, "sep", ""),
                        arguments.whole(1, "maxsplit", -1),
                        name.equals("rsplit"));
            case "splitlines" -> arguments -> lines(text, arguments.truth(0, "keepends", false));
            case "partition" -> arguments -> partition(text, arguments.text(0, "sep", ""), false);
            case "rpartition" -> arguments -> partition(text, arguments.text(0, "sep", ""), true);
            case "startswith" -> arguments -> any(arguments, text::startsWith);
            case "endswith" -> arguments -> any(arguments, text::endsWith);
            case "removeprefix" ->
                arguments -> {
                    String prefix = arguments.text(0, "prefix", "");
                    return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
                };
            case "removesuffix" ->
                arguments -> {
                    String suffix = arguments.text(0, "suffix", "");
                    return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
                };
            case "replace" ->
                arguments -> replace(
                        text,
                        arguments.text(0, "old", ""),
                        arguments.text(1, "new", ""),
                        arguments.whole(2, "count", -1));
            case "find" -> arguments -> index(text, text.indexOf(arguments.text(0, "sub", "")));
            case "rfind" -> arguments -> index(text, text.lastIndexOf(arguments.text(0, "sub", "")));
            case "count" ->
                arguments -> (long) (PythonText.split(text, arguments.text(0, "sub", ""), -1, false)
                                .size()
                        - 1);
            case "lower" -> arguments -> text.toLowerCase(Locale.ROOT);
            case "upper" -> arguments -> text.toUpperCase(Locale.ROOT);
            case "title" -> arguments -> PythonText.title(text);
            case "capitalize" -> arguments -> capitalized(text);
            case "join" -> arguments -> joined(text, Values.items(arguments.get(0, "iterable", null)));
            case "format" -> arguments -> FormatMethod.format(text, arguments);
            case "isdigit", "isnumeric", "isdecimal" -> arguments -> all(text, Character::isDigit);
            case "isalpha" -> arguments -> all(text, Character::isLetter);
            case "isalnum" -> arguments -> all(text, Character::isLetterOrDigit);
            case "isspace" -> arguments -> all(text, PythonText::isSpace);
            case "isupper" ->
                arguments -> !text.equals(text.toLowerCase(Locale.ROOT)) && text.equals(text.toUpperCase(Locale.ROOT));
            case "islower" ->
                arguments -> !text.equals(text.toUpperCase(Locale.ROOT)) && text.equals(text.toLowerCase(Locale.ROOT));
            case "ljust" -> arguments -> text + padding(text, arguments);
            case "rjust" -> arguments -> padding(text, arguments) + text;
            default -> null;
        };
    }

    private static @Nullable String characters(Arguments arguments) {
        return arguments.get(0, "chars", null) == null ? null : arguments.text(0, "chars", "");
    }

    private static String padding(String text, Arguments arguments) {
        String fill = arguments.text(1, "fillchar", " ");
        int width = Math.min(arguments.whole(0, "width", 0), 1 << 16);
        return fill.repeat((int) Math.max(0, width - Values.length(text)));
    }

    public static List<@Nullable Object> lines(String text, boolean keepEnds) {
        List<@Nullable Object> lines = new ArrayList<>();
        Matcher ends = Pattern.compile("\\r\\n|[\\n\\r\\x0B\\f\\x1C-\\x1E\\x85\\u2028\\u2029]")
                .matcher(text);
        int start = 0;
        while (ends.find()) {
            lines.add(text.substring(start, keepEnds ? ends.end() : ends.start()));
            start = ends.end();
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    private static Tuple partition(String text, String separator, boolean fromRight) {
        int at = fromRight ? text.lastIndexOf(separator) : text.indexOf(separator);
        if (at < 0) {
            return new Tuple(fromRight ? List.of("", "", text) : List.of(text, "", ""));
        }
        return new Tuple(List.of(text.substring(0, at), separator, text.substring(at + separator.length())));
    }

    private static boolean any(Arguments arguments, Predicate<String> test) {
        Object given = arguments.get(0, "prefix", null);
        return given instanceof List<?> several
                ? several.stream().anyMatch(each -> test.test(Values.text(each)))
                : test.test(arguments.text(0, "prefix", ""));
    }

    public static String replace(String text, String old, String replacement, int most) {
        StringBuilder out = new StringBuilder();
        int start = 0;
        int done = 0;
        int at = old.isEmpty() ? -1 : text.indexOf(old);
        if (old.isEmpty()) {
            throw new JinjaException("replace needs something to look for");
        }
        while (at >= 0 && (most < 0 || done < most)) {
            out.append(text, start, at).append(replacement);
            requireShort(out.length());
            start = at + old.length();
            done++;
            at = text.indexOf(old, start);
        }
        return out.append(text.substring(start)).toString();
    }

    static void requireShort(double characters) {
        if (characters > Values.MOST_CHARACTERS) {
            throw new JinjaException("a text gets longer than " + Values.MOST_CHARACTERS + " characters");
        }
    }

    private static long index(String text, int at) {
        return at < 0 ? -1 : text.codePointCount(0, at);
    }

    public static String capitalized(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        return Character.toString(Character.toTitleCase(first))
                + text.substring(Character.charCount(first)).toLowerCase(Locale.ROOT);
    }

    public static String joined(String separator, List<@Nullable Object> items) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            out.append(i == 0 ? "" : separator).append(Values.text(items.get(i)));
            requireShort(out.length());
        }
        return out.toString();
    }

    private static boolean all(String text, IntPredicate test) {
        return !text.isEmpty() && text.codePoints().allMatch(test);
    }

    /** Implements {@code format % values}, for {@code %s}, {@code %d}, {@code %f} and {@code %r}. */
    public static String percent(String format, @Nullable Object values) {
        List<@Nullable Object> all = values instanceof Tuple tuple ? tuple : Arrays.asList(values);
        StringBuilder out = new StringBuilder();
        Matcher place = PLACE.matcher(format);
        int used = 0;
        int start = 0;
        while (place.find()) {
            out.append(format, start, place.start());
            start = place.end();
            if (place.group(3).equals("%")) {
                out.append('%');
                continue;
            }
            if (used >= all.size()) {
                throw new JinjaException("'" + Values.clipped(format) + "' has more places than there are values");
            }
            out.append(placed(place, all.get(used++)));
        }
        return out.append(format.substring(start)).toString();
    }

    private static String placed(Matcher place, @Nullable Object value) {
        String precision = place.group(2);
        String text = switch (place.group(3)) {
            case "d" -> String.valueOf((long) Values.decimal(value));
            case "f" ->
                String.format(Locale.ROOT, "%." + (precision == null ? "6" : precision) + "f", Values.decimal(value));
            case "r" -> Values.repr(value);
            default -> Values.text(value);
        };
        String width = place.group(1);
        return width.isEmpty() || width.equals("-") ? text : String.format(Locale.ROOT, "%" + width + "s", text);
    }
}
