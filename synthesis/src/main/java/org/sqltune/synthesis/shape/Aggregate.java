package org.sqltune.synthesis.shape;

import java.util.Locale;

/** The aggregate functions of a column, with the phrase rule that speaks of each. */
enum Aggregate {
    SUM("sum"),
    AVG("average"),
    MAX("highest"),
    MIN("lowest");

    private final String rule;

    Aggregate(String rule) {
        this.rule = rule;
    }

    /** Returns the rule whose alternatives are this function's words. */
    String rule() {
        return rule;
    }

    /** Returns whether every row counts, and not only the foremost: sums and averages. */
    boolean addsUp() {
        return this == SUM || this == AVG;
    }

    /** Returns the function applied: {@code AVG(price)}. */
    String of(String expression) {
        return name().toUpperCase(Locale.ROOT) + "(" + expression + ")";
    }
}
