package org.sqltune.data.chat.jinja.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Python's operations on values. A value is null, a Boolean, a Long, a Double, a String, a List, an ordered Map, a
 * {@link Callable} or {@link Undefined}.
 */
public final class Values {
    /** The maximal length of a text and of a rendering, in characters. */
    public static final int MOST_CHARACTERS = 1 << 24;

    private Values() {}

    public static boolean isTrue(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Long number) {
            return number != 0;
        }
        if (value instanceof Double number) {
            return number != 0;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof Collection<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof Namespace) {
            return true;
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        return value != null && !(value instanceof Undefined);
    }

    /** Returns {@code str(value)}. */
    public static String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text;
        }
        return value instanceof Undefined ? "" : repr(value);
    }

    /** Returns {@code repr(value)}. */
    public static String repr(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        PythonRepr.append(out, value);
        return out.toString();
    }

    public static boolean isNumber(@Nullable Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    /** Returns the value as an integer; booleans are 0 or 1. */
    public static long whole(@Nullable Object value, String name) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        throw new JinjaException(name + " is " + repr(value) + " instead of a whole number");
    }

    public static double decimal(@Nullable Object value) {
        return value instanceof Double number ? number : whole(value, "a number");
    }

    public static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (isNumber(a) && isNumber(b)) {
            return a instanceof Double || b instanceof Double ? decimal(a) == decimal(b) : whole(a, "") == whole(b, "");
        }
        if (a instanceof Undefined || b instanceof Undefined) {
            return a instanceof Undefined && b instanceof Undefined;
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            if (left.size() != right.size()) {
                return false;
            }
            for (int i = 0; i < left.size(); i++) {
                if (!equal(left.get(i), right.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
            return left.keySet().equals(right.keySet())
                    && left.keySet().stream().allMatch(key -> equal(left.get(key), right.get(key)));
        }
        return Objects.equals(a, b);
    }

    /** Compares two values like a {@link java.util.Comparator}; numbers, texts and lists have an order. */
    public static int compare(@Nullable Object a, @Nullable Object b) {
        if (isNumber(a) && isNumber(b)) {
            return a instanceof Double || b instanceof Double
                    ? Double.compare(decimal(a), decimal(b))
                    : Long.compare(whole(a, ""), whole(b, ""));
        }
        if (a instanceof String left && b instanceof String right) {
            return PythonText.compare(left, right);
        }
        if (a instanceof List<?> left && b instanceof List<?> right) {
            for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
                int order = compare(left.get(i), right.get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(left.size(), right.size());
        }
        throw defined(a, b, "can't be compared");
    }

    public static JinjaException defined(@Nullable Object a, @Nullable Object b, String fault) {
        if (a instanceof Undefined undefined) {
            return undefined.error();
        }
        if (b instanceof Undefined undefined) {
            return undefined.error();
        }
        return new JinjaException(clipped(repr(a)) + " and " + clipped(repr(b)) + " " + fault);
    }

    public static String clipped(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    public static long length(@Nullable Object value) {
        if (value instanceof String text) {
            return text.codePointCount(0, text.length());
        }
        if (value instanceof Collection<?> list) {
            return list.size();
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        if (value instanceof Undefined) {
            return 0;
        }
        throw new JinjaException(clipped(repr(value)) + " has no length");
    }

    /** Returns the elements that {@code for} iterates over: items, keys or characters. */
    public static List<@Nullable Object> items(@Nullable Object value) {
        if (value instanceof Undefined) {
            return List.of();
        }
        if (value instanceof Collection<?> list) {
            return new ArrayList<>(list);
        }
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.keySet());
        }
        if (value instanceof String text) {
            List<@Nullable Object> characters = new ArrayList<>();
            text.codePoints().forEach(each -> characters.add(Character.toString(each)));
            return characters;
        }
        throw new JinjaException(clipped(repr(value)) + " can't be gone through");
    }

    /** Evaluates {@code item in container}. */
    public static boolean contains(@Nullable Object container, @Nullable Object item) {
        if (container instanceof String text) {
            if (item instanceof String part) {
                return text.contains(part);
            }
            throw defined(item, container, "don't fit: only a text can be in a text");
        }
        if (container instanceof Map<?, ?> map) {
            return map.containsKey(item);
        }
        if (container == null) {
            throw new JinjaException("none holds nothing that could be looked for");
        }
        Iterator<@Nullable Object> items = items(container).iterator();
        while (items.hasNext()) {
            if (equal(items.next(), item)) {
                return true;
            }
        }
        return false;
    }
}
