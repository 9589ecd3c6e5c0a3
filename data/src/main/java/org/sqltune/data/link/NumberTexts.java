package org.sqltune.data.link;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers in texts: {@code 1500}, {@code 1,500}, {@code 12.5}. */
final class NumberTexts {
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\w.,/:-])(\\d{1,3}(?:,\\d{3})+|\\d{1,15})(\\.\\d{1,9})?(?![\\w/:-]|[.,]\\d)");

    /** Smaller whole numbers occur in too many columns to tell one. */
    private static final BigDecimal LEAST = BigDecimal.valueOf(1000);

    private NumberTexts() {}

    /**
     * A number in a text.
     *
     * @param start the index of its first char
     * @param end the index after its last char
     */
    record Found(BigDecimal number, int start, int end) {}

    /** The numbers in a text that may be linked, from left to right. */
    static List<Found> in(String text) {
        List<Found> numbers = new ArrayList<>();
        Matcher found = NUMBER.matcher(text);
        while (found.find()) {
            BigDecimal number = number(found.group().replace(",", ""));
            if (isTelling(number)) {
                numbers.add(new Found(number, found.start(), found.end()));
            }
        }
        return numbers;
    }

    /** Returns a number without trailing zeros, so that equal numbers are equal. */
    static BigDecimal number(String text) {
        return new BigDecimal(text).stripTrailingZeros();
    }

    /** Returns whether a number may tell its column: it has a fraction, or at least four digits. */
    static boolean isTelling(BigDecimal number) {
        return number.stripTrailingZeros().scale() > 0 || number.abs().compareTo(LEAST) >= 0;
    }
}
