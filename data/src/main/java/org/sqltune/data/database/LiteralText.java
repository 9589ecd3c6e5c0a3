package org.sqltune.data.database;

import java.util.regex.Pattern;

/** Recognises texts that SQL, without quotes, reads as numbers or truth values. */
public final class LiteralText {
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9]\\d{0,99})(?:\\.\\d{1,99})?(?:[eE][+-]?\\d{1,4})?");

    private LiteralText() {}

    /**
     * Returns whether the text is written like a number: {@code 12}, {@code -0.5}, {@code 1.0E10}, but not {@code
     * 08}.
     */
    public static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Returns whether the text is {@code true} or {@code false}. */
    public static boolean isTruth(String text) {
        return text.equals("true") || text.equals("false");
    }
}
