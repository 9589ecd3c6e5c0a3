package org.sqltune.core.sql.recognizer;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.Columns;

/**
 * What stands behind IN.
 *
 * @param values how many have begun
 */
record InFrame(Step step, int values, ExpressionFrame parent) implements Frame {
    /** People write up to 18. */
    private static final int MOST_VALUES = 40;

    /** What comes next. */
    enum Step {
        OPEN,
        /** A query, or the first value. */
        FIRST,
        VALUE,
        /** A comma or the closing parenthesis. */
        AFTER_VALUE,
        /** The closing parenthesis. */
        AFTER_QUERY
    }

    private Parse value(Parse at) {
        return at.with(
                ExpressionFrame.value(parent.context().inside(), new InFrame(Step.AFTER_VALUE, values + 1, parent)));
    }

    private boolean takesMore() {
        return step == Step.AFTER_VALUE && values < MOST_VALUES;
    }

    private boolean takesQuery() {
        return step == Step.FIRST && parent.context().takesQueries();
    }

    @Override
    public void expect(Parse at, Expectation expectation) {
        switch (step) {
            case OPEN -> {
                expectation.symbolToEnd("(");
            }
            case FIRST, VALUE -> {
                value(at).expect(expectation);
                if (takesQuery()) {
                    expectation.keywords("select");
                }
            }
            case AFTER_VALUE, AFTER_QUERY -> {
                expectation.symbolToEnd(")");
                if (takesMore()) {
                    expectation.symbol(",");
                }
            }
        }
    }

    @Override
    public @Nullable Parse after(Parse at, Terminal terminal) {
        return switch (step) {
            case OPEN -> terminal.isSymbol("(") ? at.with(new InFrame(Step.FIRST, 0, parent)) : null;
            case FIRST, VALUE ->
                takesQuery() && terminal.isKeyword("select")
                        ? SelectFrame.inside(
                                at, 1, parent.context().depth() + 2, new InFrame(Step.AFTER_QUERY, 0, parent))
                        : value(at).after(terminal);
            case AFTER_VALUE, AFTER_QUERY -> {
                if (terminal.isSymbol(",") && takesMore()) {
                    yield at.with(new InFrame(Step.VALUE, values, parent));
                }
                yield terminal.isSymbol(")") ? at.with(parent.operand(null)) : null;
            }
        };
    }

    @Override
    public Parse afterExpression(Parse at, @Nullable String column) {
        return at.with(this);
    }

    @Override
    public Parse afterQuery(Parse at, Columns columns) {
        return SelectFrame.leave(at, this);
    }
}
