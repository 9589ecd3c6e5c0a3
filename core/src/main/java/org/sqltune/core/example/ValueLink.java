package org.sqltune.core.example;

/**
 * A value of the database that a question seems to speak of, and where it stands.
 *
 * @param table the table's name, as the schema spells it
 * @param column the column's name, as the schema spells it
 * @param value the text as the database has it; a number in plain digits
 * @param number whether the column has the value as a number, which SQL writes without quotes
 */
public record ValueLink(String table, String column, String value, boolean number) {
    /** A text. */
    public ValueLink(String table, String column, String value) {
        this(table, column, value, false);
    }
}
