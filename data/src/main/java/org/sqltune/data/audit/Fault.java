package org.sqltune.data.audit;

import java.util.Locale;

/** What can be wrong with a row. */
public enum Fault {
    /** The database refuses the gold query, or it runs out of time. */
    FAILING("gold query fails"),
    /** It names a column or table that the schema in the prompt lacks: nobody could have known it. */
    COLUMNS("column or table isn't in the schema"),
    /** It returns no row, or nothing but NULL. */
    EMPTY("gold query finds nothing"),
    /** An earlier row of the part has the same question, database and SQL. */
    DUPLICATE("row is there already"),
    /** An earlier row of the part answers the same question of the same database with other SQL. */
    CONTRADICTION("same question, other SQL"),
    /** A row that is trained on has its question and its SQL, whatever the database. */
    LEAKAGE("question and SQL are trained on");

    private final String description;

    Fault(String description) {
        this.description = description;
    }

    /** In a few words. */
    public String description() {
        return description;
    }

    /** Returns the name that options and JSON have. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
