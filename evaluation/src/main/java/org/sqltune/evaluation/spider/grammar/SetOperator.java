package org.sqltune.evaluation.spider.grammar;

import org.jspecify.annotations.Nullable;

/** What joins a query to the one behind it. */
public enum SetOperator {
    /** {@code intersect}. */
    INTERSECT,
    /** {@code union}; the grammar has no {@code union all}. */
    UNION,
    /** {@code except}. */
    EXCEPT;

    /** The operator written so, in lower case; null if there is none. */
    static @Nullable SetOperator written(String word) {
        return switch (word) {
            case "intersect" -> INTERSECT;
            case "union" -> UNION;
            case "except" -> EXCEPT;
            default -> null;
        };
    }
}
