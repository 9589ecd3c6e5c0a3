package org.sqltune.evaluation.spider.grammar;

/** What a condition compares with. */
public sealed interface Operand permits ColumnUnit, Operand.Number, Operand.Text, ParsedQuery {

    /**
     * A number. Two are equal as floating-point numbers are, so not-a-number equals nothing.
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
