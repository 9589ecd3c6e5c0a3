package org.sqltune.evaluation.metric;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * How many were right.
 *
 * @param correct right answers
 * @param total answers that were scored
 */
public record Score(int correct, int total) {
    /** Nothing scored. */
    public static final Score NONE = new Score(0, 0);

    public Score {
        if (correct < 0 || correct > total) {
            throw new IllegalArgumentException(correct + " of " + total + " can't be right");
        }
    }

    /** The share that was right, from 0 to 1; empty if nothing was scored. */
    public OptionalDouble accuracy() {
        return total == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) correct / total);
    }

    /** Wilson's 95 % interval of the share. */
    public Interval interval() {
        return Interval.wilson(correct, total);
    }

    /** The share as {@code 87.5 %}; a dash if nothing was scored. */
    public String percent() {
        return total == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * correct / total);
    }
}
