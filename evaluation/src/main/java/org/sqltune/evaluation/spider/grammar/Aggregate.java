package org.sqltune.evaluation.spider.grammar;

import org.jspecify.annotations.Nullable;

/** The aggregate functions of the official grammar; it knows no other function. */
public enum Aggregate {
    /** No function. The grammar also accepts the word {@code none} as a function. */
    NONE,
    /** {@code max}. */
    MAX,
    /** {@code min}. */
    MIN,
    /** {@code count}. */
    COUNT,
    /** {@code sum}. */
    SUM,
    /** {@code avg}. */
    AVG;

    /** Returns the function of that name, in lower case; null if there is none. */
    static @Nullable Aggregate named(String word) {
        return switch (word) {
            case "none" -> NONE;
            case "max" -> MAX;
            case "min" -> MIN;
            case "count" -> COUNT;
            case "sum" -> SUM;
            case "avg" -> AVG;
            default -> null;
        };
    }
}
