package org.sqltune.evaluation.spider.grammar;

import org.jspecify.annotations.Nullable;

/**
 * A part of a condition. Comparisons and connectives alternate, but the grammar also accepts two comparisons in
 * succession.
 */
public sealed interface ConditionPart {

    /**
     * A comparison.
     *
     * @param negated whether {@code not} precedes the operator
     * @param operator the operator
     * @param left the left side
     * @param first the right side; null if values are ignored
     * @param second the upper bound of {@code between}; else null
     */
    record Comparison(
            boolean negated,
            ComparisonOperator operator,
            ValueUnit left,
            @Nullable Operand first,
            @Nullable Operand second)
            implements ConditionPart {}

    /** Joins two comparisons. */
    enum Connective implements ConditionPart {
        /** {@code and}. */
        AND,
        /** {@code or}. */
        OR
    }
}
