package org.sqltune.data.chat.jinja.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jinja's filters; {@link ListFilters} has those of lists. */
public final class Filters {
    public static final Set<String> NAMES = Set.of(
            "abs",
            "attr",
            "batch",
            "capitalize",
            "count",
            "d",
            "default",
            "dictsort",
            "e",
            "escape",
            "first",
            "float",
            "forceescape",
            "format",
            "groupby",
            "indent",
            "int",
            "items",
            "join",
            "last",
            "length",
            "list",
            "lower",
            "map",
            "max",
            "min",
            "reject",
            "rejectattr",
            "replace",
            "reverse",
            "round",
            "safe",
            "select",
            "selectattr",
            "slice",
            "sort",
            "string",
            "sum",
            "title",
            "tojson",
            "trim",
            "unique",
            "upper",
            "wordcount");

    private static final Set<String> OF_LISTS = Set.of(
            "batch",
            "dictsort",
            "groupby",
            "map",
            "max",
            "min",
            "reject",
            "rejectattr",
            "select",
            "selectattr",
            "slice",
            "sort",
            "sum",
            "unique");

    private Filters() {}

    public static @Nullable Object apply(String name, @Nullable Object value, Arguments arguments) {
        if (OF_LISTS.contains(name)) {
            return ListFilters.apply(name, value, arguments);
        }
        return switch (name) {
            case "default", "d" -> {
                boolean missing =
                        value instanceof Undefined || (arguments.truth(1, "boolean", false) && !Values.isTrue(value));
                yield missing ? arguments.get(0, "default_value", "") : value;
            }
            case "length", "count" -> Values.length(value);
            case "first", "last" -> end(value, name.equals("first"));
            case "join" -> joined(value, arguments);
            case "list" -> Values.items(value);
            case "items" -> value instanceof Map<?, ?> map ? MapMethods.items(map) : List.of();
            case "reverse" -> reversed(value);
            case "abs", "round", "int", "float" -> number(name, value, arguments);
            case "wordcount" ->
                (long) PythonText.split(Values.text(value), null, -1, false).size();
            case "attr" -> Attributes.attribute(value, arguments.text(0, "name", ""));
            case "tojson" -> PythonJson.write(value, arguments);
            default -> text(name, Values.text(value), arguments);
        };
    }

    private static String text(String name, String text, Arguments arguments) {
        return switch (name) {
            case "trim" ->
                PythonText.strip(
                        text,
                        arguments.get(0, "chars", null) == null ? null : arguments.text(0, "chars", ""),
                        true,
                        true);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "title" -> PythonText.title(text);
            case "capitalize" -> TextMethods.capitalized(text);
            case "replace" ->
                TextMethods.replace(
                        text,
                        arguments.text(0, "old", ""),
                        arguments.text(1, "new", ""),
                        arguments.whole(2, "count", -1));
            case "indent" -> indented(text, arguments);
            case "e", "escape", "forceescape" ->
                text.replace("&", "&amp;")
                        .replace(">", "&gt;")
                        .replace("<", "&lt;")
                        .replace("'", "&#39;")
                        .replace("\"", "&#34;");
            case "format" -> TextMethods.percent(text, new Tuple(arguments.positional()));
            default -> text;
        };
    }

    private static String indented(String text, Arguments arguments) {
        Object width = arguments.get(0, "width", 4L);
        String indent =
                width instanceof String own ? own : " ".repeat((int) Math.min(64, Values.whole(width, "width")));
        boolean first = arguments.truth(1, "first", false);
        boolean blank = arguments.truth(2, "blank", false);
        StringBuilder out = new StringBuilder();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            boolean indents = i == 0 ? first : blank || !lines[i].isEmpty();
            out.append(i == 0 ? "" : "\n").append(indents ? indent : "").append(lines[i]);
        }
        return out.toString();
    }

    private static @Nullable Object end(@Nullable Object value, boolean first) {
        List<@Nullable Object> items = Values.items(value);
        if (items.isEmpty()) {
            return new Undefined("there is no " + (first ? "first" : "last") + " item: the list is empty");
        }
        return items.get(first ? 0 : items.size() - 1);
    }

    private static String joined(@Nullable Object value, Arguments arguments) {
        List<@Nullable Object> items = new ArrayList<>(Values.items(value));
        Object attribute = arguments.get(1, "attribute", null);
        if (attribute != null) {
            items.replaceAll(item -> ListFilters.attribute(item, attribute));
        }
        return TextMethods.joined(arguments.text(0, "d", ""), items);
    }

    private static Object reversed(@Nullable Object value) {
        if (value instanceof String text) {
            return new StringBuilder(text).reverse().toString();
        }
        List<@Nullable Object> items = Values.items(value);
        Collections.reverse(items);
        return items;
    }

    private static Object number(String name, @Nullable Object value, Arguments arguments) {
        return switch (name) {
            case "abs" ->
                value instanceof Double number
                        ? (Object) Math.abs(number)
                        : (Object) Math.abs(Values.whole(value, "the value"));
            case "round" -> rounded(value, arguments);
            case "int" -> whole(value, arguments);
            default -> decimal(value, arguments);
        };
    }

    private static Object rounded(@Nullable Object value, Arguments arguments) {
        double scale = Math.pow(10, arguments.whole(0, "precision", 0));
        double number = Values.decimal(value) * scale;
        double rounded = switch (arguments.text(1, "method", "common")) {
            case "ceil" -> Math.ceil(number);
            case "floor" -> Math.floor(number);
            default -> Math.rint(number);
        };
        return rounded / scale;
    }

    private static Object whole(@Nullable Object value, Arguments arguments) {
        try {
            return value instanceof String text
                    ? (Object) (long) Double.parseDouble(text.strip())
                    : (Object) (long) Values.decimal(value);
        } catch (NumberFormatException | JinjaException e) {
            Object otherwise = arguments.get(0, "default", 0L);
            return otherwise == null ? 0L : otherwise;
        }
    }

    private static Object decimal(@Nullable Object value, Arguments arguments) {
        try {
            return value instanceof String text ? Double.parseDouble(text.strip()) : Values.decimal(value);
        } catch (NumberFormatException | JinjaException e) {
            Object otherwise = arguments.get(0, "default", 0.0);
            return otherwise == null ? 0.0 : otherwise;
        }
    }

    /** Returns the order of {@code sort}, which ignores case by default. */
    public static Comparator<@Nullable Object> order(boolean caseSensitive, boolean reverse) {
        Comparator<@Nullable Object> order =
                (a, b) -> Values.compare(folded(a, caseSensitive), folded(b, caseSensitive));
        return reverse ? order.reversed() : order;
    }

    public static @Nullable Object folded(@Nullable Object value, boolean caseSensitive) {
        return value instanceof String text && !caseSensitive ? text.toLowerCase(Locale.ROOT) : value;
    }
}
