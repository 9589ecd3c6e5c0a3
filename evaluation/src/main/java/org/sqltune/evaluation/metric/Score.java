package org.sqltune.evaluation.metric;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A number of right answers out of a total.
 *
 * @param correct number of right answers
 * @param total number of scored answers
 */
public record Score(int correct, int total) {
    /** The score without answers. */
    public static final Score NONE = new Score(0, 0);

    public Score {
        if (correct < 0 || correct > total) {
            throw new IllegalArgumentException(correct + " of " + total + " can't be right");
        }
    }

    /** Returns the share of right answers, from 0 to 1; empty if nothing was scored. */
    public OptionalDouble accuracy() {
        return total == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) correct / total);
    }

    /** Returns Wilson's 95 % interval of the share. */
    public Interval interval() {
        return Interval.wilson(correct, total);
    }

    /** Returns the share as text, such as {@code 87.5 %}; a dash if nothing was scored. */
    public String percent() {
        return total == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * correct / total);
    }
}
