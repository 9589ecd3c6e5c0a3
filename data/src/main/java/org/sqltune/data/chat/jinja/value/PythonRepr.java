package org.sqltune.data.chat.jinja.value;

import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Implements Python's {@code repr}. */
public final class PythonRepr {
    private PythonRepr() {}

    public static void append(StringBuilder out, @Nullable Object value) {
        if (value == null) {
            out.append("None");
        } else if (value instanceof Boolean truth) {
            out.append(truth ? "True" : "False");
        } else if (value instanceof Double number) {
            out.append(number(number));
        } else if (value instanceof String text) {
            quoted(out, text);
        } else if (value instanceof List<?> list) {
            list(out, list);
        } else if (value instanceof Map<?, ?> map) {
            map(out, map);
        } else if (value instanceof Undefined) {
            out.append("Undefined");
        } else {
            out.append(value instanceof Callable ? "<function>" : value.toString());
        }
    }

    private static void list(StringBuilder out, List<?> list) {
        boolean tuple = list instanceof Tuple;
        out.append(tuple ? '(' : '[');
        Iterator<?> items = list.iterator();
        while (items.hasNext()) {
            append(out, items.next());
            out.append(items.hasNext() ? ", " : "");
        }
        out.append(tuple ? (list.size() == 1 ? ",)" : ")") : "]");
    }

    private static void map(StringBuilder out, Map<?, ?> map) {
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<?, ?> entry = entries.next();
            append(out, entry.getKey());
            out.append(": ");
            append(out, entry.getValue());
            out.append(entries.hasNext() ? ", " : "");
        }
        out.append('}');
    }

    /** Returns {@code repr} of a float: the fewest digits, without exponent from 1e-4 to below 1e16. */
    public static String number(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(number);
        if (number == 0 || (size >= 1e-4 && size < 1e16)) {
            String plain = new BigDecimal(Double.toString(number)).toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String[] parts = Double.toString(number).split("E", -1);
        String mantissa = parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
        int exponent = Integer.parseInt(parts[1]);
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static void quoted(StringBuilder out, String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        out.append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c == quote) {
                        out.append('\\').append(quote);
                    } else if (c < 0x20 || c == 0x7F) {
                        out.append(String.format("\\x%02x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        out.append(quote);
    }
}
