package org.sqltune.core.sql.recognizer;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.SqliteFunction;
import org.sqltune.core.sql.recognizer.name.SqliteFunction.Kind;

/**
 * A function from its opening parenthesis on.
 *
 * @param arguments how many have begun
 */
record CallFrame(SqliteFunction function, Step step, int arguments, boolean distinct, ExpressionFrame parent)
        implements Frame {
    /** What comes next. */
    enum Step {
        /** The first argument, DISTINCT, a star or the closing parenthesis. */
        FIRST,
        ARGUMENT,
        AFTER_ARGUMENT,
        /** The closing parenthesis behind a star. */
        AFTER_STAR,
        /** FILTER, OVER, or what follows the function. */
        CLOSED,
        /** FILTER's parenthesis. */
        FILTER,
        /** WHERE behind FILTER's parenthesis. */
        FILTER_OPEN,
        /** FILTER's closing parenthesis. */
        AFTER_FILTER,
        /** OVER, or what follows the filtered function. */
        FILTERED,
        /** OVER's parenthesis. */
        OVER
    }

    private CallFrame to(Step next) {
        return new CallFrame(function, next, arguments, distinct, parent);
    }

    private boolean isAggregate() {
        return function.kind() == Kind.AGGREGATE || (function.kind() == Kind.EITHER && arguments == 1);
    }

    private int least() {
        return function.kind() == Kind.EITHER && !parent.context().aggregates() ? 2 : function.least();
    }

    private int most() {
        return distinct ? 1 : function.most();
    }

    private boolean takesDistinct() {
        boolean aggregate = function.kind() == Kind.AGGREGATE || function.kind() == Kind.EITHER;
        return aggregate && parent.context().aggregates() && step == Step.FIRST;
    }

    private boolean takesStar() {
        return function.name().equals("count") && step == Step.FIRST;
    }

    /** Whether the next argument is a number that must be 1 or more, or the query fails while it runs. */
    private boolean takesPositive() {
        return (function.name().equals("ntile") && arguments == 0)
                || (function.name().equals("nth_value") && arguments == 1);
    }

    private Parse argument(Parse at) {
        Context around = parent.context();
        Context context = switch (function.kind()) {
            case AGGREGATE -> around.insideAggregate();
            case EITHER -> around.aggregates() ? around.insideAggregate() : around.inside();
            case SCALAR -> around.inside();
            case WINDOW -> around.insideWindow();
        };
        CallFrame after = new CallFrame(function, Step.AFTER_ARGUMENT, arguments + 1, distinct, parent);
        return at.with(ExpressionFrame.start(context, after));
    }

    @Override
    public void expect(Parse at, Expectation expectation) {
        switch (step) {
            case FIRST, ARGUMENT -> {
                if (step == Step.FIRST && !distinct && least() == 0) {
                    close(expectation);
                }
                if (takesStar()) {
                    expectation.symbol("*");
                }
                if (takesDistinct()) {
                    expectation.keywords("distinct");
                }
                if (takesPositive()) {
                    expectation.integer(Integer.MAX_VALUE);
                    expectation.prefer(Terminal.INTEGER, "1");
                } else if (most() > 0) {
                    argument(at).expect(expectation);
                }
            }
            case AFTER_ARGUMENT -> {
                if (arguments >= least()) {
                    close(expectation);
                }
                if (arguments < most()) {
                    expectation.symbolToEnd(",");
                }
            }
            case AFTER_STAR -> close(expectation);
            case CLOSED, FILTERED -> {
                if (function.kind() != Kind.WINDOW) {
                    complete(at).expect(expectation);
                }
                if (takesFilter()) {
                    expectation.keywords("filter");
                }
                if (takesWindow()) {
                    expectation.keywordToEnd("over");
                }
            }
            case FILTER_OPEN -> expectation.keywordToEnd("where");
            case AFTER_FILTER -> close(expectation);
            case FILTER, OVER -> expectation.symbolToEnd("(");
        }
    }

    private static void close(Expectation expectation) {
        expectation.symbolToEnd(")");
    }

    private Parse complete(Parse at) {
        return at.with(parent.operand(null), at.scope().marked(isAggregate(), false));
    }

    @Override
    public @Nullable Parse after(Parse at, Terminal terminal) {
        return switch (step) {
            case FIRST, ARGUMENT -> afterOpening(at, terminal);
            case AFTER_ARGUMENT -> {
                if (terminal.isSymbol(",") && arguments < most()) {
                    yield at.with(to(Step.ARGUMENT));
                }
                yield terminal.isSymbol(")") && arguments >= least() ? closed(at) : null;
            }
            case AFTER_STAR -> terminal.isSymbol(")") ? closed(at) : null;
            case CLOSED, FILTERED -> {
                if (terminal.isKeyword("over") && takesWindow()) {
                    yield at.with(to(Step.OVER));
                }
                if (terminal.isKeyword("filter") && takesFilter()) {
                    yield at.with(to(Step.FILTER));
                }
                yield function.kind() == Kind.WINDOW ? null : complete(at).after(terminal);
            }
            case FILTER -> terminal.isSymbol("(") ? at.with(to(Step.FILTER_OPEN)) : null;
            case FILTER_OPEN -> terminal.isKeyword("where") ? filter(at) : null;
            case AFTER_FILTER -> terminal.isSymbol(")") ? at.with(to(Step.FILTERED)) : null;
            case OVER -> terminal.isSymbol("(") ? at.with(new WindowFrame(WindowFrame.Step.OPEN, 0, parent)) : null;
        };
    }

    private @Nullable Parse afterOpening(Parse at, Terminal terminal) {
        if (terminal.isSymbol(")") && step == Step.FIRST && !distinct && least() == 0) {
            return closed(at);
        }
        if (terminal.isSymbol("*") && takesStar() && !distinct) {
            return at.with(to(Step.AFTER_STAR));
        }
        if (terminal.isKeyword("distinct") && takesDistinct()) {
            return at.with(new CallFrame(function, Step.ARGUMENT, 0, true, parent));
        }
        if (takesPositive()) {
            return terminal.kind() == Terminal.Kind.INTEGER
                    ? at.with(new CallFrame(function, Step.AFTER_ARGUMENT, arguments + 1, distinct, parent))
                    : null;
        }
        return most() > 0 ? argument(at).after(terminal) : null;
    }

    private boolean takesWindow() {
        return function.kind() == Kind.WINDOW
                || (isAggregate() && parent.context().windows() && !distinct);
    }

    /** SQLite filters aggregates alone. The condition names what an argument may name. */
    private boolean takesFilter() {
        return isAggregate() && step == Step.CLOSED && !parent.context().deepest();
    }

    private Parse filter(Parse at) {
        return at.with(ExpressionFrame.start(parent.context().insideAggregate(), to(Step.AFTER_FILTER)));
    }

    private Parse closed(Parse at) {
        return isAggregate() || takesWindow() ? at.with(to(Step.CLOSED)) : complete(at);
    }

    @Override
    public Parse afterExpression(Parse at, @Nullable String column) {
        return at.with(this);
    }
}
