package org.sqltune.evaluation.spider.grammar;

import org.sqltune.evaluation.spider.grammar.ValueUnit.ColumnUnit;

/** The right side of a comparison. */
public sealed interface Operand permits ColumnUnit, Operand.Number, Operand.Text, ParsedQuery {

    /**
     * A number. Numbers compare like floating-point values, so NaN equals nothing.
     *
     * @param value the number
     */
    record Number(double value) implements Operand {
        @Override
        public boolean equals(Object other) {
            return other instanceof Number number && value == number.value;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(value == 0 ? 0 : value);
        }
    }

    /**
     * A string.
     *
     * @param quoted as the tokenizer left it, in double quotes
     */
    record Text(String quoted) implements Operand {}
}
