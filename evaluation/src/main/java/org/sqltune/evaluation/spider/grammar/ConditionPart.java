package org.sqltune.evaluation.spider.grammar;

import org.jspecify.annotations.Nullable;

/**
 * A part of a condition. Comparisons and connectives take turns in a well-formed one; two comparisons without a
 * connective between them pass the grammar too.
 */
public sealed interface ConditionPart {

    /**
     * A comparison.
     *
     * @param negated whether {@code not} stands before the operator
     * @param operator the operator
     * @param left what is compared
     * @param first what with; null where values are ignored
     * @param second the upper bound of {@code between}; else null
     */
    record Comparison(
            boolean negated,
            ComparisonOperator operator,
            ValueUnit left,
            @Nullable Operand first,
            @Nullable Operand second)
            implements ConditionPart {}

    /** What joins two comparisons. */
    enum Connective implements ConditionPart {
        /** {@code and}. */
        AND,
        /** {@code or}. */
        OR
    }
}
