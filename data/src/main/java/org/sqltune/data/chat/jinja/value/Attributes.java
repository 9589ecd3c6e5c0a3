package org.sqltune.data.chat.jinja.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates {@code a.b}, {@code a[b]} and {@code a[b:c:d]}. */
public final class Attributes {
    private Attributes() {}

    /** Evaluates {@code object.name}: a method, else the entry with that key. */
    public static @Nullable Object attribute(@Nullable Object object, String name) {
        Object method = method(object, name);
        if (method != null) {
            return method;
        }
        return object instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : missing(object, name);
    }

    /** Evaluates {@code object[key]}: an entry, else the method of that name. */
    public static @Nullable Object item(@Nullable Object object, @Nullable Object key) {
        if (object instanceof Map<?, ?> map && map.containsKey(key)) {
            return map.get(key);
        }
        if (key instanceof Long index && (object instanceof List<?> || object instanceof String)) {
            long size = Values.length(object);
            long at = index < 0 ? index + size : index;
            if (at < 0 || at >= size) {
                return missing(object, String.valueOf(index));
            }
            if (object instanceof List<?> list) {
                return list.get((int) at);
            }
            String text = (String) object;
            return Character.toString(text.codePointAt(PythonText.offset(text, at)));
        }
        Object method = key instanceof String name ? method(object, name) : null;
        return method == null ? missing(object, Values.text(key)) : method;
    }

    private static @Nullable Object method(@Nullable Object object, String name) {
        if (object instanceof String text) {
            return TextMethods.of(text, name);
        }
        if (object instanceof Namespace) {
            return null;
        }
        if (object instanceof Map<?, ?> map) {
            return MapMethods.of(map, name);
        }
        return object instanceof List<?> list ? MapMethods.of(list, name) : null;
    }

    private static Undefined missing(@Nullable Object object, String name) {
        if (object instanceof Undefined undefined) {
            throw undefined.error();
        }
        return new Undefined(Values.clipped(Values.repr(object)) + " has no '" + name + "'");
    }

    public static Object slice(
            @Nullable Object object, @Nullable Object from, @Nullable Object to, @Nullable Object step) {
        if (!(object instanceof List<?>) && !(object instanceof String)) {
            throw Values.defined(object, from, "don't fit: only lists and texts have parts");
        }
        List<@Nullable Object> items = Values.items(object);
        int size = items.size();
        long by = step == null ? 1 : Values.whole(step, "the step of a slice");
        if (by == 0) {
            throw new JinjaException("the step of a slice is 0");
        }
        long start = from == null ? (by > 0 ? 0 : size - 1) : bound(from, size, by);
        long end = to == null ? (by > 0 ? size : -1) : bound(to, size, by);
        List<@Nullable Object> part = new ArrayList<>();
        for (long i = start; by > 0 ? i < end : i > end; i += by) {
            part.add(items.get((int) i));
        }
        if (object instanceof String) {
            StringBuilder text = new StringBuilder();
            part.forEach(text::append);
            return text.toString();
        }
        return object instanceof Tuple ? new Tuple(part) : part;
    }

    private static long bound(Object value, int size, long by) {
        long index = Values.whole(value, "the bound of a slice");
        long at = index < 0 ? index + size : index;
        return by > 0 ? Math.max(0, Math.min(at, size)) : Math.max(-1, Math.min(at, size - 1L));
    }
}
