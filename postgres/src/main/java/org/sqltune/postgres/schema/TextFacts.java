package org.sqltune.postgres.schema;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Facts about the texts that an expression yields.
 *
 * @param allNumbers whether every text looks like a number
 * @param noNumbers whether no text looks like a number
 * @param plainIntegers whether all number-like texts are integers as SQLite writes them: no plus sign, no leading
 *     zero
 * @param moments whether every text is an ISO date or an ISO date and time
 */
public record TextFacts(boolean allNumbers, boolean noNumbers, boolean plainIntegers, boolean moments) {
    /** Nothing is known. */
    public static final TextFacts UNKNOWN = new TextFacts(false, false, false, false);

    /** The facts about an empty set of texts. */
    static final TextFacts VACUOUS = new TextFacts(true, true, true, true);

    /** SQLite's syntax of numbers. */
    private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?\\s*");

    private static final Pattern PLAIN_INTEGER = Pattern.compile("0|-?[1-9]\\d{0,17}");
    private static final Pattern MOMENT =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})([ T](\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,6})?)?))?");

    /** Returns the facts about one text. */
    public static TextFacts of(String text) {
        boolean number = looksNumeric(text);
        return new TextFacts(
                number, !number, !number || PLAIN_INTEGER.matcher(text).matches(), isMoment(text));
    }

    /** Returns whether SQLite converts the text to a number under numeric affinity. */
    public static boolean looksNumeric(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Returns whether the text is a valid date, such as {@code 2026-11-21}. */
    public static boolean isDate(String text) {
        return text.length() == 10 && isMoment(text);
    }

    /** Returns whether the text is a valid date and time to the second, such as {@code 2026-11-21 08:30:00}. */
    public static boolean isTimestamp(String text) {
        return text.length() == 19 && text.charAt(10) == ' ' && isMoment(text);
    }

    private static boolean isMoment(String text) {
        Matcher moment = MOMENT.matcher(text);
        if (!moment.matches() || text.startsWith("0000")) {
            return false;
        }
        try {
            LocalDate.parse(moment.group(1));
            String time = moment.group(3);
            return time == null || LocalTime.parse(time) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    TextFacts and(TextFacts other) {
        return new TextFacts(
                allNumbers && other.allNumbers,
                noNumbers && other.noNumbers,
                plainIntegers && other.plainIntegers,
                moments && other.moments);
    }
}
