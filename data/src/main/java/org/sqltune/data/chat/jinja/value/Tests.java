package org.sqltune.data.chat.jinja.value;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jinja's tests, which follow {@code is}. */
public final class Tests {
    public static final Set<String> NAMES = Set.of(
            "defined",
            "undefined",
            "none",
            "string",
            "mapping",
            "sequence",
            "iterable",
            "number",
            "integer",
            "float",
            "boolean",
            "true",
            "false",
            "odd",
            "even",
            "divisibleby",
            "eq",
            "equalto",
            "ne",
            "lt",
            "lessthan",
            "le",
            "gt",
            "greaterthan",
            "ge",
            "in",
            "callable",
            "sameas",
            "lower",
            "upper",
            "filter",
            "test");

    private Tests() {}

    public static boolean apply(String name, @Nullable Object value, Arguments arguments) {
        return switch (name) {
            case "defined" -> !(value instanceof Undefined);
            case "undefined" -> value instanceof Undefined;
            case "none" -> value == null;
            case "string" -> value instanceof String;
            case "mapping" -> value instanceof Map;
            case "sequence", "iterable" ->
                value instanceof String
                        || value instanceof List
                        || value instanceof Map
                        || (value instanceof Undefined && name.equals("iterable"));
            case "number" -> Values.isNumber(value);
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "boolean" -> value instanceof Boolean;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "odd" -> Math.floorMod(Values.whole(value, "the number"), 2) == 1;
            case "even" -> Math.floorMod(Values.whole(value, "the number"), 2) == 0;
            case "divisibleby" -> Math.floorMod(Values.whole(value, "the number"), arguments.whole(0, "num", 1)) == 0;
            case "callable" -> value instanceof Callable;
            case "lower" -> Values.text(value).equals(Values.text(value).toLowerCase(Locale.ROOT));
            case "upper" -> Values.text(value).equals(Values.text(value).toUpperCase(Locale.ROOT));
            case "filter" -> Filters.NAMES.contains(Values.text(value));
            case "test" -> NAMES.contains(Values.text(value));
            default -> compared(name, value, arguments.get(0, "other", null));
        };
    }

    private static boolean compared(String name, @Nullable Object value, @Nullable Object other) {
        return switch (name) {
            case "ne" -> !Values.equal(value, other);
            case "lt", "lessthan" -> Values.compare(value, other) < 0;
            case "le" -> Values.compare(value, other) <= 0;
            case "gt", "greaterthan" -> Values.compare(value, other) > 0;
            case "ge" -> Values.compare(value, other) >= 0;
            case "in" -> Values.contains(other, value);
            case "sameas" ->
                value == other
                        || ((value instanceof Boolean || value instanceof Long || value instanceof String)
                                && value.equals(other));
            default -> Values.equal(value, other);
        };
    }
}
