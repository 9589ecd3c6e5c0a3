package org.sqltune.data.chat.jinja;

import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.data.chat.jinja.value.Arguments;
import org.sqltune.data.chat.jinja.value.Callable;
import org.sqltune.data.chat.jinja.value.JinjaException;
import org.sqltune.data.chat.jinja.value.Namespace;
import org.sqltune.data.chat.jinja.value.PythonTime;
import org.sqltune.data.chat.jinja.value.Values;

/** Functions that are available in every template. */
final class Globals {
    /** The limit of Jinja's sandbox. */
    private static final int LONGEST_RANGE = 100_000;

    private Globals() {}

    /** Returns the function of that name; null if there is none. */
    static @Nullable Callable of(String name, Rendering rendering) {
        return switch (name) {
            case "range" -> Globals::range;
            case "dict" -> arguments -> filled(new LinkedHashMap<>(), arguments);
            case "namespace" -> arguments -> filled(new Namespace(), arguments);
            case "raise_exception" ->
                arguments -> {
                    throw new JinjaException(Values.text(arguments.get(0, "message", "")));
                };
            case "strftime_now" ->
                arguments -> PythonTime.format(ZonedDateTime.now(rendering.clock()), arguments.text(0, "format", ""));
            case "joiner" -> arguments -> joiner(arguments.text(0, "sep", ", "));
            case "cycler" -> arguments -> cycler(arguments.positional());
            default -> null;
        };
    }

    private static List<@Nullable Object> range(Arguments arguments) {
        boolean single = arguments.count() == 1;
        int start = single ? 0 : arguments.whole(0, "start", 0);
        int end = single ? arguments.whole(0, "stop", 0) : arguments.whole(1, "stop", 0);
        int step = arguments.whole(2, "step", 1);
        if (step == 0 || Math.abs(((long) end - start) / step) > LONGEST_RANGE) {
            throw new JinjaException("a range needs a step other than 0 and at most " + LONGEST_RANGE + " numbers");
        }
        List<@Nullable Object> numbers = new ArrayList<>();
        for (long i = start; step > 0 ? i < end : i > end; i += step) {
            numbers.add(i);
        }
        return numbers;
    }

    private static <M extends Map<? super String, @Nullable Object>> M filled(M map, Arguments arguments) {
        arguments.positional().forEach(each -> {
            if (each instanceof Map<?, ?> entries) {
                entries.forEach((key, value) -> map.put(Values.text(key), value));
            }
        });
        arguments.named().forEach(map::put);
        return map;
    }

    private static Callable joiner(String separator) {
        boolean[] used = new boolean[1];
        return arguments -> {
            String text = used[0] ? separator : "";
            used[0] = true;
            return text;
        };
    }

    private static Map<String, @Nullable Object> cycler(List<@Nullable Object> items) {
        int[] next = new int[1];
        Namespace cycler = new Namespace();
        cycler.put("next", (Callable) arguments -> items.isEmpty() ? null : items.get(next[0]++ % items.size()));
        cycler.put("reset", (Callable) arguments -> {
            next[0] = 0;
            return null;
        });
        return cycler;
    }
}
