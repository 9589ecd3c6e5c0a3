package org.sqltune.synthesis.profile;

/**
 * A value that occurs in a column, or a threshold near one.
 *
 * @param text as a question would say it: {@code Madrid}, {@code 24.99}, {@code 2024-03-01}
 * @param numeric whether SQL writes it without quotes
 */
public record ProfiledValue(String text, boolean numeric) {
    /** Returns a text. */
    public static ProfiledValue ofText(String text) {
        return new ProfiledValue(text, false);
    }

    /** Returns a number, without a fraction where it has none. */
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
