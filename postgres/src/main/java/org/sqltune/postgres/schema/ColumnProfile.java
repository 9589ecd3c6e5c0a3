package org.sqltune.postgres.schema;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Statistics of a column's values: their number by SQLite's storage class, and their sizes. */
final class ColumnProfile {
    private long nulls;
    private long integers;
    private long reals;
    private long texts;
    private long blobs;
    private long least = Long.MAX_VALUE;
    private long greatest = Long.MIN_VALUE;
    private int longestText;
    private int wholeDigits;
    private int decimals;
    private boolean dates = true;
    private boolean timestamps = true;
    private TextFacts facts = TextFacts.VACUOUS;

    void add(@Nullable Object value) {
        if (value == null) {
            nulls++;
        } else if (value instanceof Double real) {
            reals++;
            addDigits(real);
        } else if (value instanceof Number integer) {
            integers++;
            least = Math.min(least, integer.longValue());
            greatest = Math.max(greatest, integer.longValue());
            wholeDigits = Math.max(
                    wholeDigits, Long.toString(Math.abs(integer.longValue())).length());
        } else if (value instanceof String text) {
            texts++;
            addText(text);
        } else {
            blobs++;
        }
    }

    private void addDigits(double real) {
        if (Double.isInfinite(real)) {
            wholeDigits = Integer.MAX_VALUE;
            return;
        }
        BigDecimal decimal = BigDecimal.valueOf(real).stripTrailingZeros();
        decimals = Math.max(decimals, decimal.scale());
        wholeDigits = Math.max(wholeDigits, decimal.precision() - decimal.scale());
    }

    private void addText(String text) {
        longestText = Math.max(longestText, text.codePointCount(0, text.length()));
        dates = dates && TextFacts.isDate(text);
        timestamps = timestamps && TextFacts.isTimestamp(text);
        facts = facts.and(TextFacts.of(text));
    }

    boolean hasNulls() {
        return nulls > 0;
    }

    boolean hasIntegers() {
        return integers > 0;
    }

    boolean hasReals() {
        return reals > 0;
    }

    boolean hasNumbers() {
        return integers + reals > 0;
    }

    boolean hasTexts() {
        return texts > 0;
    }

    boolean hasBlobs() {
        return blobs > 0;
    }

    boolean isEmpty() {
        return integers + reals + texts + blobs == 0;
    }

    boolean onlyDates() {
        return hasTexts() && dates;
    }

    boolean onlyTimestamps() {
        return hasTexts() && timestamps;
    }

    /** Returns whether every integer is 0 or 1. */
    boolean onlyBits() {
        return least >= 0 && greatest <= 1;
    }

    /** Returns whether every integer fits in 32 bits. */
    boolean onlyInts() {
        return isEmpty() || (least >= Integer.MIN_VALUE && greatest <= Integer.MAX_VALUE);
    }

    /** Returns the length of the longest text in code points, like PostgreSQL. */
    int longestText() {
        return longestText;
    }

    boolean fits(int precision, int scale) {
        return decimals <= scale && wholeDigits <= precision - scale;
    }

    TextFacts facts() {
        return hasTexts() ? facts : TextFacts.UNKNOWN;
    }
}
