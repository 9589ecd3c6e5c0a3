package org.sqltune.evaluation.spider.match;

import java.util.Locale;

/** A gold query's hardness by the official rules. */
public enum Hardness {
    /** At most one clause. */
    EASY,
    /** Some clauses, or several columns. */
    MEDIUM,
    /** Many clauses, or one nested query. */
    HARD,
    /** Everything above. */
    EXTRA;

    /** Returns the official name, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
