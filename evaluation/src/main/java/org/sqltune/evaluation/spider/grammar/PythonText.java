package org.sqltune.evaluation.spider.grammar;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's string and number operations where they differ from Java's, as far as the official evaluators need them. */
public final class PythonText {
    /** The character class of Python's white space, for regular expressions. */
    static final String SPACE = "[\\s\\x1c-\\x1f\\x0b\\x85\\p{Z}]";

    private static final int LONGEST_NUMBER = 1_000;
    private static final String DIGITS = "\\p{Nd}++(?:_\\p{Nd}++)*+";
    private static final Pattern INTEGER = Pattern.compile("[+-]?" + DIGITS);
    private static final Pattern FLOAT = Pattern.compile("[+-]?(?:(?:" + DIGITS + "\\.?(?:" + DIGITS + ")?|\\." + DIGITS
            + ")(?:[eE][+-]?" + DIGITS + ")?|(?i:inf|infinity|nan))");

    private PythonText() {}

    /** Returns whether {@code str.isspace} holds for the character. */
    static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    /** Returns {@code text.strip()}. */
    public static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Returns {@code text.split()}: the words between white space. */
    public static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean gap = i == text.length() || isSpace(text.charAt(i));
            if (gap && start >= 0) {
                words.add(text.substring(start, i));
                start = -1;
            } else if (!gap && start < 0) {
                start = i;
            }
        }
        return words;
    }

    /** Returns {@code float(word)}; null if Python raises an error. */
    static @Nullable Double parseFloat(String word) {
        if (word.length() > LONGEST_NUMBER || !FLOAT.matcher(word).matches()) {
            return null;
        }
        String plain = plainDigits(word);
        if (plain.endsWith("n") || plain.endsWith("N")) {
            return Double.NaN;
        }
        if (plain.indexOf('i') >= 0 || plain.indexOf('I') >= 0) {
            return plain.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.valueOf(plain);
    }

    /** Returns {@code int(word)}; null if Python raises an error. */
    static @Nullable BigInteger parseInteger(String word) {
        return word.length() <= LONGEST_NUMBER && INTEGER.matcher(word).matches()
                ? new BigInteger(plainDigits(word))
                : null;
    }

    /** Converts digits of any script to ASCII and removes underscores. */
    private static String plainDigits(String number) {
        StringBuilder plain = new StringBuilder();
        number.codePoints().filter(c -> c != '_').forEach(c -> {
            if (Character.isDigit(c)) {
                plain.append(Character.digit(c, 10));
            } else {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString();
    }
}
