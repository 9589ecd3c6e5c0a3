package org.sqltune.data.chat.jinja.value;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call.
 *
 * @param positional positional arguments in order; null is Jinja's {@code none}
 * @param named keyword arguments
 */
public record Arguments(List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
    public static final Arguments NONE = new Arguments(List.of(), Map.of());

    public int count() {
        return positional.size() + named.size();
    }

    /** Returns whether an argument is given, by position or name. */
    public boolean has(int index, String name) {
        return index < positional.size() || named.containsKey(name);
    }

    /** Returns an argument by position or name. */
    public @Nullable Object get(int index, String name, @Nullable Object otherwise) {
        return index < positional.size() ? positional.get(index) : named.getOrDefault(name, otherwise);
    }

    public String text(int index, String name, String otherwise) {
        Object value = get(index, name, otherwise);
        if (!(value instanceof String text)) {
            throw new JinjaException(name + " is " + Values.repr(value) + " instead of a text");
        }
        return text;
    }

    public int whole(int index, String name, int otherwise) {
        return Math.toIntExact(Values.whole(get(index, name, (long) otherwise), name));
    }

    public boolean truth(int index, String name, boolean otherwise) {
        return Values.isTrue(get(index, name, otherwise));
    }
}
