package org.sqltune.synthesis.shape;

import java.util.Locale;

/** The aggregate functions, with the phrase rule of each. */
enum Aggregate {
    SUM("sum"),
    AVG("average"),
    MAX("highest"),
    MIN("lowest");

    private final String rule;

    Aggregate(String rule) {
        this.rule = rule;
    }

    /** Returns the rule with this function's phrases. */
    String rule() {
        return rule;
    }

    /** Returns whether every row affects the result: true for sums and averages. */
    boolean addsUp() {
        return this == SUM || this == AVG;
    }

    /** Returns the function call, {@code AVG(price)}. */
    String of(String expression) {
        return name().toUpperCase(Locale.ROOT) + "(" + expression + ")";
    }
}
