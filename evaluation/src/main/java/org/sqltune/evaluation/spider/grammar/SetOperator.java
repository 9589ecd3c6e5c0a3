package org.sqltune.evaluation.spider.grammar;

import org.jspecify.annotations.Nullable;

/** The operators that join a query to the next one. */
public enum SetOperator {
    /** {@code intersect}. */
    INTERSECT,
    /** {@code union}; the grammar has no {@code union all}. */
    UNION,
    /** {@code except}. */
    EXCEPT;

    /** Returns the operator of this spelling, in lower case; null if there is none. */
    static @Nullable SetOperator written(String word) {
        return switch (word) {
            case "intersect" -> INTERSECT;
            case "union" -> UNION;
            case "except" -> EXCEPT;
            default -> null;
        };
    }
}
