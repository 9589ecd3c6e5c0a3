package org.sqltune.core.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values from how they are written in a configuration; null for what isn't one. */
final class ConfigWords {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][-+]?\\d++)?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[-+]?\\d{1,18}");
    private static final List<String> YES = List.of("true", "yes", "on");
    private static final List<String> NO = List.of("false", "no", "off");

    private ConfigWords() {}

    static @Nullable Boolean flag(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return YES.contains(word) ? Boolean.TRUE : NO.contains(word) ? Boolean.FALSE : null;
    }

    static @Nullable Integer integer(String text, Range range) {
        Long value = wholeNumber(text, range);
        return value != null && value == value.intValue() ? (Integer) value.intValue() : null;
    }

    static @Nullable Long wholeNumber(String text, Range range) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            return null;
        }
        long value = Long.parseLong(text);
        return range.contains().test((double) value) ? (Long) value : null;
    }

    static @Nullable Double number(String text, Range range) {
        if (!NUMBER.matcher(text).matches()) {
            return null;
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) && range.contains().test(value) ? value : null;
    }

    static @Nullable Path path(String text) {
        try {
            return text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    static <E extends Enum<E>> @Nullable E constant(String text, E[] constants) {
        return Arrays.stream(constants)
                .filter(each -> each.name().equalsIgnoreCase(text))
                .findFirst()
                .orElse(null);
    }

    static String names(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
