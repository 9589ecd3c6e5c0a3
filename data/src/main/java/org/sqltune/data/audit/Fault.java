package org.sqltune.data.audit;

import java.util.Locale;

/** The faults of a row. */
public enum Fault {
    /** The database rejects the gold query, or it exceeds the time limit. */
    FAILING("gold query fails"),
    /** The query names a column or table that the prompt's schema lacks, which a model can't know. */
    COLUMNS("column or table isn't in the schema"),
    /** The query returns no rows, or only NULLs. */
    EMPTY("gold query returns nothing"),
    /** An earlier row of the part has the same question, database and SQL. */
    DUPLICATE("duplicate row"),
    /** An earlier row of the part answers the same question of the same database with other SQL. */
    CONTRADICTION("same question, other SQL"),
    /** A training row has the same question and SQL, whatever the database. */
    LEAKAGE("question and SQL are in the training data");

    private final String description;

    Fault(String description) {
        this.description = description;
    }

    /** Returns a short description. */
    public String description() {
        return description;
    }

    /** Returns the name in options and JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
