package org.sqltune.training.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them. */
final class Words {
    private static final int THOUSAND = 1000;
    private static final int SECONDS_A_MINUTE = 60;
    private static final int MINUTES_AN_HOUR = 60;

    private Words() {}

    /** {@code 12,345}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 4.6k}, {@code 12M}. */
    static String rough(double count) {
        String[] units = {"", "k", "M", "G", "T"};
        double value = count;
        int unit = 0;
        while (Math.abs(value) >= THOUSAND && unit < units.length - 1) {
            value /= THOUSAND;
            unit++;
        }
        return (Math.abs(value) < 10 && value != Math.rint(value) ? fixed(value, 1) : fixed(value, 0)) + units[unit];
    }

    /** {@code 2 h 5 min}, {@code 3 min 20 s}, {@code 12 s}. */
    static String duration(double seconds) {
        long whole = Math.round(seconds);
        long minutes = whole / SECONDS_A_MINUTE;
        if (minutes >= MINUTES_AN_HOUR) {
            return minutes / MINUTES_AN_HOUR + " h " + minutes % MINUTES_AN_HOUR + " min";
        }
        return minutes > 0 ? minutes + " min " + whole % SECONDS_A_MINUTE + " s" : whole + " s";
    }

    /** {@code 1.2 GB}. */
    static String bytes(long bytes) {
        return rough(bytes).replaceFirst("([kMGT]?)$", " $1B");
    }

    /** {@code 84.6 %}. */
    static String percent(double share) {
        return fixed(100 * share, 1) + " %";
    }

    /** {@code 0.0339}. */
    static String fixed(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** Few digits, as on an axis: {@code 0.25}, {@code 2e-4}. */
    static String tick(double value) {
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        BigDecimal rounded = new BigDecimal(value, new MathContext(4)).stripTrailingZeros();
        if (size >= 1e-3 && size < 1e6) {
            return rounded.toPlainString();
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
