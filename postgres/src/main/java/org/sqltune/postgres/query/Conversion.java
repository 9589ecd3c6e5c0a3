package org.sqltune.postgres.query;

import org.sqltune.postgres.schema.PostgresSchema;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** One query's way to PostgreSQL: what it is read against, and what was noticed. */
final class Conversion {
    /** More than any query a person writes; a hostile one could otherwise grow with every level of nesting. */
    private static final int MAX_SELECTS = 500;

    private final PostgresSchema schema;
    private final Choice choice;
    private int selects;
    private boolean freeRow;
    private boolean limited;

    Conversion(PostgresSchema schema, Choice choice) {
        this.schema = schema;
        this.choice = choice;
    }

    /** Which of several right answers the converted query gives. */
    enum Choice {
        /** Any: the query as a person would write it. */
        ANY,
        /** The first by value. */
        FIRST,
        /** Returns the last by value. */
        LAST
    }

    PostgresSchema schema() {
        return schema;
    }

    Choice choice() {
        return choice;
    }

    void countSelect() {
        if (++selects > MAX_SELECTS) {
            throw new UnsupportedSqlException("more than " + MAX_SELECTS + " SELECTs aren't converted");
        }
    }

    /** A value is taken from one row of a group, or a list is joined in any order. */
    void noteFreeRow() {
        freeRow = true;
    }

    /** Rows are cut off, so that which rows remain can depend on the order. */
    void noteLimit() {
        limited = true;
    }

    boolean hasFreeRow() {
        return freeRow;
    }

    boolean hasLimit() {
        return limited;
    }
}
