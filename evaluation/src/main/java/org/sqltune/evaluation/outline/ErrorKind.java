package org.sqltune.evaluation.outline;

import java.util.Locale;
import org.sqltune.core.sql.SqlExecutionException;

/** What is wrong with a prediction. The kinds stand in the order in which they are looked for: the first is the main one. */
public enum ErrorKind {
    /** There is no SQL. */
    EMPTY("no SQL"),
    /** It isn't one query that the grammar allows. */
    PARSE("doesn't parse"),
    /** A table that the database lacks. */
    UNKNOWN_TABLE("unknown table"),
    /** A column that the tables lack. */
    UNKNOWN_COLUMN("unknown column"),
    /** The database refuses it for another reason, such as an unknown function. */
    REFUSED("refused"),
    /** It was stopped at a limit of time or size. */
    LIMIT("stopped at a limit"),
    /** Other tables, or another condition that joins them. */
    JOIN("wrong tables or join"),
    /** Another UNION, INTERSECT or EXCEPT. */
    SET_OPERATION("set operation"),
    /** More or fewer queries inside it. */
    NESTING("nesting"),
    /** Fewer columns are selected. */
    MISSING_COLUMN("missing column"),
    /** More columns are selected. */
    EXTRA_COLUMN("extra column"),
    /** Other columns are selected. */
    WRONG_COLUMN("wrong column"),
    /** Other aggregate functions. */
    AGGREGATE("aggregate"),
    /** Other conditions, not counting the values compared with. */
    FILTER("filter"),
    /** The same conditions with other values. */
    VALUE("value"),
    /** Other grouping or conditions on groups. */
    GROUPING("grouping"),
    /** Another order or limit. */
    ORDER("order or limit"),
    /** DISTINCT too much or too little. */
    DISTINCT("distinct"),
    /** Nothing of this. */
    OTHER("other");

    private final String text;

    ErrorKind(String text) {
        this.text = text;
    }

    /** The kind of a query that the database didn't run to its end. */
    public static ErrorKind of(SqlExecutionException.Kind failure) {
        return switch (failure) {
            case NOT_A_QUERY, SEVERAL_STATEMENTS, SYNTAX -> PARSE;
            case NO_SUCH_TABLE -> UNKNOWN_TABLE;
            case NO_SUCH_COLUMN -> UNKNOWN_COLUMN;
            case TIMEOUT, TOO_LARGE -> LIMIT;
            case INVALID, MISSING_DATABASE, UNREADABLE_DATABASE -> REFUSED;
        };
    }

    /** The name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In words, for a reader. */
    public String text() {
        return text;
    }
}
