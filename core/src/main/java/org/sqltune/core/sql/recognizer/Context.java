package org.sqltune.core.sql.recognizer;

/**
 * What an expression may have, by where it stands.
 *
 * @param aggregates whether aggregates
 * @param windows whether window functions
 * @param aliases which entries of the select list can be named
 * @param inAggregate whether it is an aggregate's argument: then it names its own query's columns alone, and has no queries
 * @param term whether it is a term of ORDER BY or GROUP BY, where a lone number would be the number of a column
 * @param depth how many expressions and queries it stands in
 */
record Context(boolean aggregates, boolean windows, Aliases aliases, boolean inAggregate, boolean term, int depth) {
    /** Deeper nesting than people write; a query counts twice. */
    private static final int DEEPEST = 11;

    /** What a query needs to have room inside. */
    private static final int ROOM_OF_QUERY = 4;

    /** Which entries of the select list can be named. */
    enum Aliases {
        NONE,
        /** Those without aggregates and window functions. */
        PLAIN,
        /** Those without window functions. */
        AGGREGATES,
        ALL
    }

    static Context results(int depth) {
        return new Context(true, true, Aliases.NONE, false, false, depth);
    }

    /** ON. */
    static Context join(int depth) {
        return new Context(false, false, Aliases.NONE, false, false, depth);
    }

    static Context where(int depth) {
        return new Context(false, false, Aliases.PLAIN, false, false, depth);
    }

    static Context groupBy(int depth) {
        return new Context(false, false, Aliases.PLAIN, false, true, depth);
    }

    static Context having(int depth) {
        return new Context(true, false, Aliases.AGGREGATES, false, false, depth);
    }

    /** @param aggregates whether the query has groups, or an aggregate in its select list */
    static Context orderBy(int depth, boolean aggregates) {
        return new Context(aggregates, true, Aliases.ALL, false, true, depth);
    }

    boolean takesAlias(Scope.Output output) {
        return switch (aliases) {
            case NONE -> false;
            case PLAIN -> !output.aggregate() && !output.window();
            case AGGREGATES -> !output.window();
            case ALL -> true;
        };
    }

    boolean seesOuter() {
        return !inAggregate;
    }

    /** What is seen of the query around. */
    Context ofOuter() {
        return new Context(aggregates, windows, Aliases.NONE, inAggregate, term, depth);
    }

    boolean deepest() {
        return depth >= DEEPEST;
    }

    /** Room for a whole query inside. */
    boolean takesQueries() {
        return !inAggregate && depth < DEEPEST - ROOM_OF_QUERY;
    }

    Context deeper() {
        return new Context(aggregates, windows, aliases, inAggregate, term, depth + 1);
    }

    Context withoutTerm() {
        return new Context(aggregates, windows, aliases, inAggregate, false, depth);
    }

    /** An argument of a scalar function, a part of CASE or CAST. */
    Context inside() {
        return new Context(aggregates, windows, aliases, inAggregate, false, depth + 1);
    }

    Context insideAggregate() {
        return new Context(false, false, Aliases.NONE, true, false, depth + 1);
    }

    /** An argument or a part of a window function. */
    Context insideWindow() {
        return new Context(aggregates, false, Aliases.NONE, inAggregate, false, depth + 1);
    }
}
