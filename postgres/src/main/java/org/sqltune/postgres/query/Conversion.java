package org.sqltune.postgres.query;

import org.sqltune.postgres.schema.PostgresSchema;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** The state of one query's conversion: its schema, and findings on the way. */
final class Conversion {
    /** More than any query written by a person; a hostile query could grow with every level of nesting. */
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

    /** Which of several right results the converted query returns. */
    enum Choice {
        /** Any result: the query as a person would write it. */
        ANY,
        /** The first result by value. */
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

    /** Notes that the query takes a value from an arbitrary row of a group, or concatenates a list in any order. */
    void noteFreeRow() {
        freeRow = true;
    }

    /** Notes that the query limits rows, so that ties may decide which rows remain. */
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
