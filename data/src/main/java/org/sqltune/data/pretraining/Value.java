package org.sqltune.data.pretraining;

/**
 * A value as it stands in the question and in the SQL.
 *
 * @param spoken as the question says it
 * @param literal as the SQL writes it
 */
record Value(String spoken, String literal) {
    static Value number(String digits) {
        return new Value(digits, digits);
    }

    static Value text(String text) {
        return new Value(text, quote(text));
    }

    static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
