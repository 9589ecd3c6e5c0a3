package org.sqltune.data.naming;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns identifiers into natural-language words. */
public final class SpokenNames {
    private static final Map<String, String> ABBREVIATIONS = Map.of(
            "max", "maximum",
            "min", "minimum",
            "avg", "average",
            "qty", "quantity",
            "num", "number",
            "dept", "department",
            "addr", "address",
            "desc", "description",
            "amt", "amount",
            "pct", "percentage");

    /** Matches word boundaries within a name: unit|Price, GNP|Old. */
    private static final Pattern HUMP =
            Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll}{2})");

    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private SpokenNames() {}

    /** Returns an identifier as words in lower case: {@code unit_price} and {@code unitPrice} are "unit price". */
    public static String spoken(String identifier) {
        String humps = HUMP.matcher(identifier).replaceAll(" ");
        String spaced = NOT_WORD.matcher(humps).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
        if (spaced.isEmpty()) {
            return identifier.strip();
        }
        return Arrays.stream(spaced.split(" "))
                .map(word -> ABBREVIATIONS.getOrDefault(word, word))
                .collect(Collectors.joining(" "));
    }
}
