package org.sqltune.evaluation.spider.match;

import java.util.Locale;

/** How hard a gold query is, by the official rules. */
public enum Hardness {
    /** At most one clause. */
    EASY,
    /** Some clauses, or several columns. */
    MEDIUM,
    /** Many clauses, or one nested query. */
    HARD,
    /** Everything above. */
    EXTRA;

    /** The official name, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
