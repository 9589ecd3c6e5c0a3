package org.sqltune.synthesis.profile;

/**
 * A value of a column, or a threshold close to one.
 *
 * @param text the value in questions: {@code Madrid}, {@code 24.99}, {@code 2024-03-01}
 * @param numeric whether SQL writes it without quotes
 */
public record ProfiledValue(String text, boolean numeric) {
    /** Returns a text value. */
    public static ProfiledValue ofText(String text) {
        return new ProfiledValue(text, false);
    }

    /** Returns a numeric value; integers have no fraction. */
    public static ProfiledValue ofNumber(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
        return new ProfiledValue(whole ? Long.toString((long) number) : Double.toString(number), true);
    }

    /** Returns the SQL literal. */
    public String literal() {
        return numeric ? text : "'" + text.replace("'", "''") + "'";
    }

    /**
     * Returns the number.
     *
     * @throws NumberFormatException if the value is not numeric
     */
    public double number() {
        return Double.parseDouble(text);
    }
}
