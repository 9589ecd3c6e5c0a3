package org.sqltune.data.chat.jinja.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods of dicts and lists that don't modify them; transformers' sandbox refuses the others. */
public final class MapMethods {
    private MapMethods() {}

    /** Returns a dict's method of that name; null if there is none. */
    public static @Nullable Callable of(Map<?, ?> map, String name) {
        return switch (name) {
            case "get" ->
                arguments -> {
                    Object key = arguments.get(0, "key", null);
                    return map.containsKey(key) ? map.get(key) : arguments.get(1, "default", null);
                };
            case "items" -> arguments -> items(map);
            case "keys" -> arguments -> new ArrayList<@Nullable Object>(map.keySet());
            case "values" -> arguments -> new ArrayList<@Nullable Object>(map.values());
            case "copy" -> arguments -> new LinkedHashMap<@Nullable Object, @Nullable Object>(map);
            case "update", "pop", "clear", "setdefault", "popitem" -> refused(name);
            default -> null;
        };
    }

    /** Returns pairs of key and value. */
    public static List<@Nullable Object> items(Map<?, ?> map) {
        List<@Nullable Object> pairs = new ArrayList<>();
        map.forEach((key, value) -> {
            List<@Nullable Object> pair = new ArrayList<>();
            pair.add(key);
            pair.add(value);
            pairs.add(new Tuple(pair));
        });
        return pairs;
    }

    /** Returns a list's method of that name; null if there is none. */
    public static @Nullable Callable of(List<?> list, String name) {
        return switch (name) {
            case "index" ->
                arguments -> {
                    for (int i = 0; i < list.size(); i++) {
                        if (Values.equal(list.get(i), arguments.get(0, "value", null))) {
                            return (long) i;
                        }
                    }
                    throw new JinjaException("the list doesn't hold " + Values.repr(arguments.get(0, "value", null)));
                };
            case "count" ->
                arguments -> list.stream()
                        .filter(each -> Values.equal(each, arguments.get(0, "value", null)))
                        .count();
            case "append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse" -> refused(name);
            default -> null;
        };
    }

    private static Callable refused(String name) {
        return arguments -> {
            throw new JinjaException(name + " would change a value, which templates can't");
        };
    }
}
