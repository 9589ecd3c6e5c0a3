package org.sqltune.evaluation.spider.grammar;

import org.jspecify.annotations.Nullable;

/**
 * A column, or arithmetic with two columns.
 *
 * @param operator the operator between the columns
 * @param left the first column
 * @param right the second column; null if there is only one
 */
public record ValueUnit(
        ArithmeticOperator operator,
        ColumnUnit left,
        @Nullable ColumnUnit right) {

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

    /**
     * A column, optionally inside an aggregate function.
     *
     * @param aggregate the function
     * @param column the column's id: {@code __table.column__}, or {@code __all__} for {@code *}
     * @param distinct whether {@code distinct} precedes it
     */
    public record ColumnUnit(Aggregate aggregate, String column, boolean distinct) implements Operand {}
}
