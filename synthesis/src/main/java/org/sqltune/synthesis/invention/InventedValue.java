package org.sqltune.synthesis.invention;

/**
 * A value as it stands in the question and in the SQL.
 *
 * @param spoken as the question says it
 * @param literal as the SQL writes it
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
