package org.sqltune.data.link;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates in texts: {@code 2014-05-06}, {@code 2014/5/6}, {@code 6 May 2014}, {@code 6th of May, 2014} and {@code May 6, 2014}.
 * Dates of digits alone that don't begin with the year aren't read, for nobody knows which number is the month.
 */
final class DateTexts {
    private static final String MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]{0,7})\\.?";
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final Pattern DATE = Pattern.compile(
            "\\b(?:(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})(?![\\d:-])"
                    + "|(\\d{1,2})(?:st|nd|rd|th)?(?: of)? " + MONTH + ",? (\\d{4})"
                    + "|" + MONTH + " (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4}))\\b",
            Pattern.CASE_INSENSITIVE);

    private DateTexts() {}

    /**
     * A date in a text.
     *
     * @param start the index of its first char
     * @param end the index after its last char
     */
    record Found(LocalDate date, int start, int end) {}

    /** The dates in a text, from left to right. */
    static List<Found> in(String text) {
        List<Found> dates = new ArrayList<>();
        Matcher found = DATE.matcher(text);
        while (found.find()) {
            date(found).ifPresent(date -> dates.add(new Found(date, found.start(), found.end())));
        }
        return dates;
    }

    /** The date that a text is; empty if it is or has anything else. */
    static Optional<LocalDate> of(String text) {
        if (text.isEmpty() || text.length() > 30 || !Character.isLetterOrDigit(text.charAt(0))) {
            return Optional.empty();
        }
        Matcher whole = DATE.matcher(text);
        return whole.matches() ? date(whole) : Optional.empty();
    }

    private static Optional<LocalDate> date(Matcher found) {
        if (found.group(1) != null) {
            return date(found.group(1), Integer.parseInt(found.group(2)), found.group(3));
        }
        return found.group(4) != null
                ? date(found.group(6), month(found.group(5)), found.group(4))
                : date(found.group(9), month(found.group(7)), found.group(8));
    }

    private static int month(String name) {
        return MONTHS.indexOf(name.toLowerCase(Locale.ROOT)) + 1;
    }

    /** Empty for a 31st of April. */
    private static Optional<LocalDate> date(String year, int month, String day) {
        try {
            return Optional.of(LocalDate.of(Integer.parseInt(year), month, Integer.parseInt(day)));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
