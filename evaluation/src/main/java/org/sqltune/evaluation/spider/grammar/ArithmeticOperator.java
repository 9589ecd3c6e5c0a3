package org.sqltune.evaluation.spider.grammar;

import org.jspecify.annotations.Nullable;

/** The arithmetic operators between two columns. */
public enum ArithmeticOperator {
    /** No operator: the unit is one column. The grammar also accepts the word {@code none} as an operator. */
    NONE,
    /** {@code -}. */
    MINUS,
    /** {@code +}. */
    PLUS,
    /** {@code *}. */
    TIMES,
    /** {@code /}. */
    DIVIDED_BY;

    /** Returns the operator of this spelling; null if there is none. */
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
