package org.sqltune.core.sql.scope;

/**
 * A name for which SQLite refuses the query.
 *
 * @param name as written, with its qualifier
 */
public record NameFault(Kind kind, String name) {
    /** What is wrong with the name. */
    public enum Kind {
        /** No table is called so. */
        NO_SUCH_TABLE("no such table: "),
        /** No column is called so. */
        NO_SUCH_COLUMN("no such column: "),
        /** Several sources have the column. */
        AMBIGUOUS("ambiguous column name: "),
        /** Queries of one WITH read each other. */
        CIRCULAR("circular reference: "),
        /** A column of USING isn't on both sides. */
        NOT_ON_BOTH_SIDES("cannot join using column ");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /** In SQLite's words. */
    public String message() {
        return kind.text + name + (kind == Kind.NOT_ON_BOTH_SIDES ? " - column not present in both tables" : "");
    }
}
