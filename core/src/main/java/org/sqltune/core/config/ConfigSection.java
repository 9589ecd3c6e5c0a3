package org.sqltune.core.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigEntry.Value;
import org.sqltune.core.regex.PythonPattern;

/**
 * One section of a configuration, read key by key. A key that is missing gives the default; a key that is wrong is
 * noted as a fault and gives the default too, so that reading goes on to the next fault.
 */
final class ConfigSection {
    private static final Pattern NAME = Pattern.compile("\\w+");

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
        return mapping(
                key, fallback, range.describe("a whole number"), "q_proj", text -> ConfigWords.integer(text, range));
    }

    /** Numbers by names of the user's own, in order. */
    Map<String, Double> numbers(String key, Map<String, Double> fallback, Range range) {
        return mapping(key, fallback, range.describe("a number"), "q_proj", text -> ConfigWords.number(text, range));
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
        return required(key, fallback, "true or false", ConfigWords::flag);
    }

    @Nullable
    Boolean optionalFlag(String key, @Nullable Boolean fallback) {
        return optional(key, fallback, "true or false", ConfigWords::flag);
    }

    int integer(String key, int fallback, Range range) {
        return required(key, fallback, range.describe("a whole number"), text -> ConfigWords.integer(text, range));
    }

    @Nullable
    Integer optionalInteger(String key, @Nullable Integer fallback, Range range) {
        return optional(key, fallback, range.describe("a whole number"), text -> ConfigWords.integer(text, range));
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
                        text -> ConfigWords.integer(text, range));
    }

    long wholeNumber(String key, long fallback, Range range) {
        return required(key, fallback, range.describe("a whole number"), text -> ConfigWords.wholeNumber(text, range));
    }

    double number(String key, double fallback, Range range) {
        return required(key, fallback, range.describe("a number"), text -> ConfigWords.number(text, range));
    }

    @Nullable
    Double optionalNumber(String key, @Nullable Double fallback, Range range) {
        return optional(key, fallback, range.describe("a number"), text -> ConfigWords.number(text, range));
    }

    Path path(String key, Path fallback) {
        return required(key, fallback, "a path", ConfigWords::path);
    }

    @Nullable
    Path optionalPath(String key, @Nullable Path fallback) {
        return optional(key, fallback, "a path", ConfigWords::path);
    }

    <E extends Enum<E>> E choice(String key, E fallback) {
        return choice(key, fallback, Map.of());
    }

    /** A constant by its lower-case name or by one of {@code otherNames}. */
    <E extends Enum<E>> E choice(String key, E fallback, Map<String, E> otherNames) {
        E[] constants = fallback.getDeclaringClass().getEnumConstants();
        return required(key, fallback, "one of " + ConfigWords.names(constants), text -> {
            E byOtherName = otherNames.get(text.toLowerCase(Locale.ROOT));
            return byOtherName != null ? byOtherName : ConfigWords.constant(text, constants);
        });
    }

    /** A constant as users write it, or by its lower-case name; a message has the spellings. */
    <E extends Enum<E>> E choice(String key, E fallback, Function<E, String> spelling) {
        E[] constants = fallback.getDeclaringClass().getEnumConstants();
        String all = Arrays.stream(constants).map(spelling).collect(Collectors.joining(", "));
        return required(key, fallback, "one of " + all, text -> {
            for (E each : constants) {
                if (spelling.apply(each).equalsIgnoreCase(text)) {
                    return each;
                }
            }
            return ConfigWords.constant(text, constants);
        });
    }

    <E extends Enum<E>> List<E> choices(String key, List<E> fallback, Class<E> type) {
        return list(
                key,
                fallback,
                "a list of " + ConfigWords.names(type.getEnumConstants()),
                text -> ConfigWords.constant(text, type.getEnumConstants()));
    }

    /**
     * Names of letters, digits and underscores, the single word {@code all}, or one regular expression.
     *
     * @param what what is named, for the message
     * @param isPattern tells an expression from a name
     */
    List<String> names(String key, List<String> fallback, String what, String all, Predicate<String> isPattern) {
        ConfigEntry entry = reader.take(path(key));
        if (entry != null && isPattern.test(single(entry.value()))) {
            return List.of(pattern(entry, single(entry.value())));
        }
        if (entry != null && listed(entry.value()).equals(List.of(all))) {
            return List.of(all);
        }
        String expected = "a list of " + what + ", " + all + ", or a regular expression for their whole paths";
        return list(key, fallback, expected, text -> NAME.matcher(text).matches() ? text : null);
    }

    private String pattern(ConfigEntry entry, String text) {
        try {
            return PythonPattern.of(text).toString();
        } catch (SqlTuneException e) {
            reader.fault(entry, String.valueOf(e.getMessage()));
            return text;
        }
    }

    /** A value that isn't a list, or a list's only one; empty otherwise. */
    private static String single(Value value) {
        if (value instanceof Value.Items items) {
            return items.texts().size() == 1 ? items.texts().get(0) : "";
        }
        return value instanceof Value.Scalar scalar ? scalar.text().strip() : "";
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
}
