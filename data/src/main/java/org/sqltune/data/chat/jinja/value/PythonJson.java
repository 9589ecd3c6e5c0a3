package org.sqltune.data.chat.jinja.value;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Implements {@code json.dumps} with the options of transformers' {@code tojson}. */
public final class PythonJson {
    private final boolean ascii;
    private final @Nullable String indent;
    private final String itemSeparator;
    private final String keySeparator;
    private final boolean sorted;
    private final StringBuilder out = new StringBuilder();

    private PythonJson(Arguments arguments) {
        ascii = arguments.truth(0, "ensure_ascii", false);
        Object spaces = arguments.get(1, "indent", null);
        indent = spaces == null
                ? null
                : spaces instanceof String text ? text : " ".repeat((int) Math.min(64, Values.whole(spaces, "indent")));
        List<?> separators = arguments.get(2, "separators", null) instanceof List<?> list ? list : List.of();
        boolean given = separators.size() == 2;
        itemSeparator = given ? Values.text(separators.get(0)) : indent == null ? ", " : ",";
        keySeparator = given ? Values.text(separators.get(1)) : ": ";
        sorted = arguments.truth(3, "sort_keys", false);
    }

    public static String write(@Nullable Object value, Arguments arguments) {
        PythonJson json = new PythonJson(arguments);
        json.append(value, "\n");
        return json.out.toString();
    }

    /** @param line the line break and indentation at this depth */
    private void append(@Nullable Object value, String line) {
        if (value instanceof Map<?, ?> map) {
            map(map, line);
        } else if (value instanceof List<?> list) {
            list(list, line);
        } else if (value instanceof String text) {
            quoted(text);
        } else if (value instanceof Boolean || value == null) {
            out.append(value == null ? "null" : value.toString());
        } else if (value instanceof Double number) {
            out.append(
                    Double.isNaN(number)
                            ? "NaN"
                            : Double.isInfinite(number)
                                    ? (number > 0 ? "Infinity" : "-Infinity")
                                    : PythonRepr.number(number));
        } else if (value instanceof Long) {
            out.append(value);
        } else {
            throw value instanceof Undefined undefined
                    ? undefined.error()
                    : new JinjaException(Values.clipped(Values.repr(value)) + " can't be written as JSON");
        }
    }

    private void map(Map<?, ?> map, String line) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        List<Object> keys = new ArrayList<>(map.keySet());
        if (sorted) {
            keys.sort(Values::compare);
        }
        String inner = indent == null ? "" : line + indent;
        out.append('{');
        Iterator<Object> each = keys.iterator();
        while (each.hasNext()) {
            Object key = each.next();
            out.append(inner);
            quoted(key instanceof String text ? text : Values.text(key));
            out.append(keySeparator);
            append(map.get(key), inner.isEmpty() ? line : inner);
            out.append(each.hasNext() ? itemSeparator : "");
        }
        out.append(indent == null ? "" : line).append('}');
    }

    private void list(List<?> list, String line) {
        if (list.isEmpty()) {
            out.append("[]");
            return;
        }
        String inner = indent == null ? "" : line + indent;
        out.append('[');
        Iterator<?> each = list.iterator();
        while (each.hasNext()) {
            out.append(inner);
            append(each.next(), inner.isEmpty() ? line : inner);
            out.append(each.hasNext() ? itemSeparator : "");
        }
        out.append(indent == null ? "" : line).append(']');
    }

    private void quoted(String text) {
        out.append('"');
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20 || (ascii && c > 0x7E)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
