package org.sqltune.evaluation.outline;

import java.util.Locale;
import org.sqltune.core.sql.SqlExecutionException;

/** The kinds of error of a prediction, in order of precedence: the first that applies is the main error. */
public enum ErrorKind {
    /** The answer has no SQL. */
    EMPTY("no SQL"),
    /** The answer isn't a single query that the grammar accepts. */
    PARSE("doesn't parse"),
    /** The query names a table that the database doesn't have. */
    UNKNOWN_TABLE("unknown table"),
    /** The query names a column that the tables don't have. */
    UNKNOWN_COLUMN("unknown column"),
    /** The database rejects the query for another reason, such as an unknown function. */
    REFUSED("refused"),
    /** The query was stopped at a limit of time or size. */
    LIMIT("stopped at a limit"),
    /** Wrong tables, or a wrong join condition. */
    JOIN("wrong tables or join"),
    /** A wrong UNION, INTERSECT or EXCEPT. */
    SET_OPERATION("set operation"),
    /** Too many or too few subqueries. */
    NESTING("nesting"),
    /** Too few columns are selected. */
    MISSING_COLUMN("missing column"),
    /** Too many columns are selected. */
    EXTRA_COLUMN("extra column"),
    /** Wrong columns are selected. */
    WRONG_COLUMN("wrong column"),
    /** Wrong aggregate functions. */
    AGGREGATE("aggregate"),
    /** Wrong conditions, compared without their values. */
    FILTER("filter"),
    /** The right conditions with wrong values. */
    VALUE("value"),
    /** Wrong GROUP BY or HAVING. */
    GROUPING("grouping"),
    /** Wrong ORDER BY or LIMIT. */
    ORDER("order or limit"),
    /** A superfluous or missing DISTINCT. */
    DISTINCT("distinct"),
    /** Another error. */
    OTHER("other");

    private final String text;

    ErrorKind(String text) {
        this.text = text;
    }

    /** Returns the kind of error for an execution failure. */
    public static ErrorKind of(SqlExecutionException.Kind failure) {
        return switch (failure) {
            case NOT_A_QUERY, SEVERAL_STATEMENTS, SYNTAX -> PARSE;
            case NO_SUCH_TABLE -> UNKNOWN_TABLE;
            case NO_SUCH_COLUMN -> UNKNOWN_COLUMN;
            case TIMEOUT, TOO_LARGE -> LIMIT;
            case INVALID, MISSING_DATABASE, UNREADABLE_DATABASE -> REFUSED;
        };
    }

    /** Returns the name in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kind in words, for a reader. */
    public String text() {
        return text;
    }
}
