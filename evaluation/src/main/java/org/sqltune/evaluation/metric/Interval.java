package org.sqltune.evaluation.metric;

import java.util.Locale;

/**
 * A confidence interval of a share.
 *
 * @param low from 0 to 1
 * @param high from {@code low} to 1
 */
public record Interval(double low, double high) {
    /** The 97.5 % quantile of the normal distribution. */
    private static final double Z = 1.959963984540054;

    /** Returns Wilson's 95 % score interval (Wilson 1927); from 0 to 1 if nothing was scored. */
    public static Interval wilson(int correct, int total) {
        if (total == 0) {
            return new Interval(0, 1);
        }
        double share = (double) correct / total;
        double scale = 1 + Z * Z / total;
        double middle = (share + Z * Z / (2 * total)) / scale;
        double half = Z * Math.sqrt(share * (1 - share) / total + Z * Z / (4.0 * total * total)) / scale;
        return new Interval(correct == 0 ? 0 : middle - half, correct == total ? 1 : middle + half);
    }

    /** Returns the interval as text, such as {@code 20.1 to 34.9 %}. */
    public String percent() {
        return String.format(Locale.ROOT, "%.1f to %.1f %%", 100 * low, 100 * high);
    }
}
