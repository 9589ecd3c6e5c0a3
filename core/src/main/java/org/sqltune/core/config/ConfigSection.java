package org.sqltune.core.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigEntry.Value;

/**
 * One section of a configuration, read key by key. A key that is missing gives the default; a key that is wrong is
 * noted as a fault and gives the default too, so that reading goes on to the next fault.
 */
final class ConfigSection {
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[-+]?\\d{1,18}");
    private static final Pattern NAME = Pattern.compile("\\w+");
    private static final List<String> YES = List.of("true", "yes", "on");
    private static final List<String> NO = List.of("false", "no", "off");

    private final ConfigReader reader;
    private final String name;

    ConfigSection(ConfigReader reader, String name) {
        this.reader = reader;
        this.name = name;
    }

    /** Whether a key of this section is given with a value. */
    boolean gives(String key) {
        return reader.gives(path(key));
    }

    String text(String key, String fallback) {
        return required(key, fallback, "a text", text -> text.isBlank() ? null : text);
    }

    @Nullable
    String optionalText(String key, @Nullable String fallback) {
        return optional(key, fallback, "a text", text -> text.isBlank() ? null : text);
    }

    /** A text that a regular expression matches. */
    String matching(String key, String fallback, String expected, String regex) {
        return required(key, fallback, expected, text -> text.matches(regex) ? text : null);
    }

    /** Whole numbers by names of the user's own, in order. */
    Map<String, Integer> integers(String key, Map<String, Integer> fallback, Range range) {
        return mapping(key, fallback, range.describe("a whole number"), "q_proj", text -> parseInteger(text, range));
    }

    /** Numbers by names of the user's own, in order. */
    Map<String, Double> numbers(String key, Map<String, Double> fallback, Range range) {
        return mapping(key, fallback, range.describe("a number"), "q_proj", text -> parseNumber(text, range));
    }

    /** Texts by names of the user's own, in order. */
    Map<String, String> texts(String key, Map<String, String> fallback) {
        return mapping(key, fallback, "a text", "question", text -> text.isBlank() ? null : text);
    }

    private <T> Map<String, T> mapping(
            String key,
            Map<String, T> fallback,
            String expected,
            String nameForExample,
            Function<String, @Nullable T> parser) {
        ConfigEntry itself = reader.take(path(key));
        if (itself != null && !(itself.value() instanceof Value.Absent)) {
            reader.fault(itself, "give names with " + expected + " each, such as " + path(key) + "." + nameForExample);
        }
        Map<String, T> values = new LinkedHashMap<>();
        for (ConfigEntry entry : reader.takeBelow(path(key))) {
            T value = entry.value() instanceof Value.Scalar scalar
                    ? parser.apply(scalar.text().strip())
                    : null;
            if (value == null) {
                reader.fault(entry, "give " + expected);
            } else {
                values.put(entry.key().substring(path(key).length() + 1), value);
            }
        }
        return values.isEmpty() ? fallback : values;
    }

    boolean flag(String key, boolean fallback) {
        return required(key, fallback, "true or false", ConfigSection::parseFlag);
    }

    @Nullable
    Boolean optionalFlag(String key, @Nullable Boolean fallback) {
        return optional(key, fallback, "true or false", ConfigSection::parseFlag);
    }

    int integer(String key, int fallback, Range range) {
        return required(key, fallback, range.describe("a whole number"), text -> parseInteger(text, range));
    }

    @Nullable
    Integer optionalInteger(String key, @Nullable Integer fallback, Range range) {
        return optional(key, fallback, range.describe("a whole number"), text -> parseInteger(text, range));
    }

    /** A whole number, or null for {@code auto}, which is also written {@code null}. */
    @Nullable
    Integer integerOrAuto(String key, @Nullable Integer fallback, Range range) {
        ConfigEntry entry = reader.take(path(key));
        boolean auto = entry != null
                && entry.value() instanceof Value.Scalar scalar
                && scalar.text().strip().equals("auto");
        return auto
                ? null
                : optional(
                        key,
                        fallback,
                        "auto, or " + range.describe("a whole number"),
                        text -> parseInteger(text, range));
    }

    long wholeNumber(String key, long fallback, Range range) {
        return required(key, fallback, range.describe("a whole number"), text -> parseWholeNumber(text, range));
    }

    double number(String key, double fallback, Range range) {
        return required(key, fallback, range.describe("a number"), text -> parseNumber(text, range));
    }

    @Nullable
    Double optionalNumber(String key, @Nullable Double fallback, Range range) {
        return optional(key, fallback, range.describe("a number"), text -> parseNumber(text, range));
    }

    Path path(String key, Path fallback) {
        return required(key, fallback, "a path", ConfigSection::parsePath);
    }

    @Nullable
    Path optionalPath(String key, @Nullable Path fallback) {
        return optional(key, fallback, "a path", ConfigSection::parsePath);
    }

    <E extends Enum<E>> E choice(String key, E fallback) {
        return choice(key, fallback, Map.of());
    }

    /** A constant by its lower-case name or by one of {@code otherNames}. */
    <E extends Enum<E>> E choice(String key, E fallback, Map<String, E> otherNames) {
        E[] constants = fallback.getDeclaringClass().getEnumConstants();
        return required(key, fallback, "one of " + names(constants), text -> {
            E byOtherName = otherNames.get(text.toLowerCase(Locale.ROOT));
            return byOtherName != null ? byOtherName : parseConstant(text, constants);
        });
    }

    <E extends Enum<E>> List<E> choices(String key, List<E> fallback, Class<E> type) {
        return list(
                key,
                fallback,
                "a list of " + names(type.getEnumConstants()),
                text -> parseConstant(text, type.getEnumConstants()));
    }

    /**
     * Names of letters, digits and underscores, or the single word {@code all}.
     *
     * @param what what is named, for the message
     */
    List<String> names(String key, List<String> fallback, String what, String all) {
        ConfigEntry entry = reader.take(path(key));
        if (entry != null && listed(entry.value()).equals(List.of(all))) {
            return List.of(all);
        }
        String expected = "a list of " + what + ", or " + all;
        return list(key, fallback, expected, text -> NAME.matcher(text).matches() ? text : null);
    }

    private <T> List<T> list(String key, List<T> fallback, String expected, Function<String, @Nullable T> parser) {
        ConfigEntry entry = reader.take(path(key));
        if (entry == null) {
            return fallback;
        }
        List<String> texts = listed(entry.value());
        List<T> parsed = texts.stream()
                .map(parser)
                .filter(each -> each != null)
                .distinct()
                .toList();
        if (texts.isEmpty() || parsed.size() < texts.stream().distinct().count()) {
            String wrong = texts.stream()
                    .filter(text -> parser.apply(text) == null)
                    .map(text -> "'" + text + "'")
                    .collect(Collectors.joining(", "));
            reader.fault(entry, (wrong.isEmpty() ? "" : wrong + " isn't known; ") + "give " + expected);
            return fallback;
        }
        return parsed;
    }

    private static List<String> listed(Value value) {
        if (value instanceof Value.Items items) {
            return items.texts();
        }
        if (value instanceof Value.Scalar scalar) {
            return Arrays.stream(scalar.text().split(","))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .toList();
        }
        return List.of();
    }

    private <T> T required(String key, T fallback, String expected, Function<String, @Nullable T> parser) {
        ConfigEntry entry = reader.take(path(key));
        if (entry == null) {
            return fallback;
        }
        T parsed = entry.value() instanceof Value.Scalar scalar
                ? parser.apply(scalar.text().strip())
                : null;
        if (parsed == null) {
            reader.fault(entry, "give " + expected);
            return fallback;
        }
        return parsed;
    }

    private <T> @Nullable T optional(
            String key, @Nullable T fallback, String expected, Function<String, @Nullable T> parser) {
        ConfigEntry entry = reader.take(path(key));
        if (entry == null) {
            return fallback;
        }
        if (entry.value() instanceof Value.Absent) {
            return null;
        }
        T parsed = entry.value() instanceof Value.Scalar scalar
                ? parser.apply(scalar.text().strip())
                : null;
        if (parsed == null) {
            reader.fault(entry, "give " + expected + ", or null for none");
            return fallback;
        }
        return parsed;
    }

    private String path(String key) {
        return name + "." + key;
    }

    private static @Nullable Boolean parseFlag(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        return YES.contains(word) ? Boolean.TRUE : NO.contains(word) ? Boolean.FALSE : null;
    }

    private static @Nullable Integer parseInteger(String text, Range range) {
        Long value = parseWholeNumber(text, range);
        return value != null && value == value.intValue() ? (Integer) value.intValue() : null;
    }

    private static @Nullable Long parseWholeNumber(String text, Range range) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            return null;
        }
        long value = Long.parseLong(text);
        return range.contains().test((double) value) ? (Long) value : null;
    }

    private static @Nullable Double parseNumber(String text, Range range) {
        if (!NUMBER.matcher(text).matches()) {
            return null;
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) && range.contains().test(value) ? value : null;
    }

    private static @Nullable Path parsePath(String text) {
        try {
            return text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static <E extends Enum<E>> @Nullable E parseConstant(String text, E[] constants) {
        return Arrays.stream(constants)
                .filter(each -> each.name().equalsIgnoreCase(text))
                .findFirst()
                .orElse(null);
    }

    private static String names(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
