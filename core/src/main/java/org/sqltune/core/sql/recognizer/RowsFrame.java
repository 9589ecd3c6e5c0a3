package org.sqltune.core.sql.recognizer;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a window that a function sees, from behind ROWS, RANGE or GROUPS on. RANGE takes no distances: SQLite wants
 * exactly one term of ORDER BY for them.
 *
 * @param distances whether a bound may be a number of rows or groups
 * @param between whether BETWEEN was written
 * @param start where the rows begin; null until that is known
 */
record RowsFrame(
        Step step,
        boolean distances,
        boolean between,
        @Nullable Bound start,
        ExpressionFrame parent) implements Frame {
    /** What comes next. */
    enum Step {
        /** BETWEEN, or the bound. */
        UNIT,
        BOUND,
        /** PRECEDING or FOLLOWING behind UNBOUNDED. */
        UNBOUNDED,
        /** PRECEDING or FOLLOWING behind a number. */
        DISTANCE,
        /** ROW behind CURRENT. */
        CURRENT,
        /** AND between the bounds. */
        AND,
        /** The window's closing parenthesis. */
        CLOSE
    }

    /** Where the rows begin. */
    enum Bound {
        PRECEDING,
        CURRENT_ROW,
        FOLLOWING
    }

    static RowsFrame of(Terminal unit, ExpressionFrame parent) {
        return new RowsFrame(Step.UNIT, !unit.isKeyword("range"), false, null, parent);
    }

    static boolean isUnit(Terminal terminal) {
        return terminal.isKeyword("rows") || terminal.isKeyword("range") || terminal.isKeyword("groups");
    }

    static void expectUnit(Expectation expectation) {
        expectation.keywords("rows", "range", "groups");
    }

    private RowsFrame to(Step next) {
        return new RowsFrame(next, distances, between, start, parent);
    }

    @Override
    public void expect(Parse at, Expectation expectation) {
        switch (step) {
            case UNIT, BOUND -> expectBound(expectation);
            case UNBOUNDED -> expectation.keywordToEnd(start == null ? "preceding" : "following");
            case DISTANCE -> {
                if (takesPreceding()) {
                    expectation.keywordToEnd("preceding");
                }
                if (takesFollowing()) {
                    expectation.keywordToEnd("following");
                }
            }
            case CURRENT -> expectation.keywordToEnd("row");
            case AND -> expectation.keywordToEnd("and");
            case CLOSE -> expectation.symbolToEnd(")");
        }
    }

    private void expectBound(Expectation expectation) {
        if (step == Step.UNIT) {
            expectation.keywords("between");
        }
        expectation.keywordToEnd("unbounded");
        if (takesCurrentRow()) {
            expectation.keywords("current");
        }
        if (distances) {
            expectation.integer(Integer.MAX_VALUE);
        }
    }

    private boolean takesCurrentRow() {
        return start != Bound.FOLLOWING;
    }

    private boolean takesPreceding() {
        return start == null || start == Bound.PRECEDING;
    }

    /** Rows can't begin behind the current one where they end with it. */
    private boolean takesFollowing() {
        return between;
    }

    @Override
    public @Nullable Parse after(Parse at, Terminal terminal) {
        return switch (step) {
            case UNIT, BOUND -> afterBound(at, terminal);
            case UNBOUNDED ->
                terminal.isKeyword(start == null ? "preceding" : "following") ? bound(at, Bound.PRECEDING) : null;
            case DISTANCE -> {
                if (terminal.isKeyword("preceding") && takesPreceding()) {
                    yield bound(at, Bound.PRECEDING);
                }
                yield terminal.isKeyword("following") && takesFollowing() ? bound(at, Bound.FOLLOWING) : null;
            }
            case CURRENT -> terminal.isKeyword("row") ? bound(at, Bound.CURRENT_ROW) : null;
            case AND -> terminal.isKeyword("and") ? at.with(to(Step.BOUND)) : null;
            case CLOSE ->
                terminal.isSymbol(")")
                        ? at.with(parent.operand(null), at.scope().marked(false, true))
                        : null;
        };
    }

    private @Nullable Parse afterBound(Parse at, Terminal terminal) {
        if (terminal.isKeyword("between") && step == Step.UNIT) {
            return at.with(new RowsFrame(Step.BOUND, distances, true, null, parent));
        }
        if (terminal.isKeyword("unbounded")) {
            return at.with(to(Step.UNBOUNDED));
        }
        if (terminal.isKeyword("current") && takesCurrentRow()) {
            return at.with(to(Step.CURRENT));
        }
        return distances && terminal.kind() == Terminal.Kind.INTEGER ? at.with(to(Step.DISTANCE)) : null;
    }

    /** Behind a bound: the first of two, or the last. */
    private Parse bound(Parse at, Bound found) {
        return between && start == null
                ? at.with(new RowsFrame(Step.AND, distances, true, found, parent))
                : at.with(to(Step.CLOSE));
    }
}
