package org.sqltune.data.audit;

/**
 * How much of a held-out part is known from what is trained on.
 *
 * @param train the part that is trained on
 * @param heldOut the part that is scored on
 * @param by what is compared
 * @param rows rows of {@code heldOut} that {@code train} has, too
 * @param of rows of {@code heldOut} that could be compared
 */
public record Leakage(String train, String heldOut, By by, int rows, int of) {
    /** What two rows are compared by. */
    public enum By {
        /** Question and SQL: the row itself, in other case or spacing perhaps. */
        ROW("question and SQL"),
        /** The question, but for case, spaces and punctuation. */
        QUESTION("question"),
        /** The SQL, but for its values. */
        TEMPLATE("SQL template"),
        /** The database. */
        DATABASE("database");

        private final String description;

        By(String description) {
            this.description = description;
        }

        /** In a few words. */
        public String description() {
            return description;
        }
    }

    /** Returns the share of rows that are known, in [0, 1]. */
    public double share() {
        return of == 0 ? 0 : (double) rows / of;
    }
}
