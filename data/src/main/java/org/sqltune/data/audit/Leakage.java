package org.sqltune.data.audit;

/**
 * The overlap of a held-out part with a training part.
 *
 * @param train the training part
 * @param heldOut the held-out part
 * @param by the property that is compared
 * @param rows number of rows of {@code heldOut} that {@code train} has too
 * @param of number of comparable rows of {@code heldOut}
 */
public record Leakage(String train, String heldOut, By by, int rows, int of) {
    /** The properties by which rows are compared. */
    public enum By {
        /** Question and SQL, ignoring case and spacing. */
        ROW("question and SQL"),
        /** The question, ignoring case, spaces and punctuation. */
        QUESTION("question"),
        /** The SQL without its values. */
        TEMPLATE("SQL template"),
        /** The database. */
        DATABASE("database");

        private final String description;

        By(String description) {
            this.description = description;
        }

        /** Returns a short description. */
        public String description() {
            return description;
        }
    }

    /** Returns the share of overlapping rows, from 0 to 1. */
    public double share() {
        return of == 0 ? 0 : (double) rows / of;
    }
}
