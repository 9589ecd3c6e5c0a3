package org.sqltune.core.sql.recognizer;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.Columns;

/** Parentheses around an expression or a query, and EXISTS. */
record GroupFrame(Step step, ExpressionFrame parent) implements Frame {
    /** What comes next. */
    enum Step {
        /** What stands inside. */
        OPEN,
        /** EXISTS' parenthesis. */
        EXISTS,
        /** EXISTS' query. */
        EXISTS_OPEN,
        /** The closing parenthesis. */
        CLOSE
    }

    private Parse expression(Parse at) {
        return at.with(ExpressionFrame.start(parent.context().deeper(), new GroupFrame(Step.CLOSE, parent)));
    }

    @Override
    public void expect(Parse at, Expectation expectation) {
        switch (step) {
            case OPEN -> {
                expression(at).expect(expectation);
                if (parent.context().takesQueries()) {
                    expectation.keywords("select");
                }
            }
            case EXISTS -> {
                expectation.symbolToEnd("(");
            }
            case EXISTS_OPEN -> {
                expectation.keywordToEnd("select");
            }
            case CLOSE -> {
                expectation.symbolToEnd(")");
            }
        }
    }

    @Override
    public @Nullable Parse after(Parse at, Terminal terminal) {
        return switch (step) {
            case OPEN ->
                terminal.isKeyword("select") && parent.context().takesQueries()
                        ? query(at, 1)
                        : expression(at).after(terminal);
            case EXISTS -> terminal.isSymbol("(") ? at.with(new GroupFrame(Step.EXISTS_OPEN, parent)) : null;
            case EXISTS_OPEN -> terminal.isKeyword("select") ? query(at, 0) : null;
            case CLOSE -> terminal.isSymbol(")") ? at.with(parent.operand(null)) : null;
        };
    }

    private Parse query(Parse at, int columns) {
        return SelectFrame.inside(at, columns, parent.context().depth() + 2, new GroupFrame(Step.CLOSE, parent));
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
