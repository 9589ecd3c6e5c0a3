package org.sqltune.data.database;

import java.util.regex.Pattern;

/** Which texts SQL reads as something else than a text where they stand without quotes. */
public final class LiteralText {
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9]\\d{0,99})(?:\\.\\d{1,99})?(?:[eE][+-]?\\d{1,4})?");

    private LiteralText() {}

    /** Returns whether it is written like a number: {@code 12}, {@code -0.5}, {@code 1.0E10}; {@code 08} isn't. */
    public static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Returns whether it is {@code true} or {@code false}. */
    public static boolean isTruth(String text) {
        return text.equals("true") || text.equals("false");
    }
}
