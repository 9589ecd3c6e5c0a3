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
        @Nullable ColumnUnit right) {}
