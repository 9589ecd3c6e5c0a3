package org.sqltune.evaluation.spider.grammar;

import org.jspecify.annotations.Nullable;

/** What may stand between two columns. */
public enum ArithmeticOperator {
    /** Nothing: the unit is one column. As a word, {@code none}, it counts among the operators too. */
    NONE,
    /** {@code -}. */
    MINUS,
    /** {@code +}. */
    PLUS,
    /** {@code *}. */
    TIMES,
    /** {@code /}. */
    DIVIDED_BY;

    /** The operator written so; null if there is none. */
    static @Nullable ArithmeticOperator written(String word) {
        return switch (word) {
            case "none" -> NONE;
            case "-" -> MINUS;
            case "+" -> PLUS;
            case "*" -> TIMES;
            case "/" -> DIVIDED_BY;
            default -> null;
        };
    }
}
