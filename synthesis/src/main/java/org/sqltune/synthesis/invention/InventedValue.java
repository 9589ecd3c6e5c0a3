package org.sqltune.synthesis.invention;

/**
 * A value as written in the question and in the SQL.
 *
 * @param spoken the value in the question
 * @param literal the SQL literal
 */
public record InventedValue(String spoken, String literal) {
    static InventedValue number(String digits) {
        return new InventedValue(digits, digits);
    }

    static InventedValue text(String text) {
        return new InventedValue(text, quote(text));
    }

    public static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
