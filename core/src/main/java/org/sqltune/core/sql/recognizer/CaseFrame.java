package org.sqltune.core.sql.recognizer;

import org.jspecify.annotations.Nullable;

/**
 * CASE.
 *
 * @param branches WHENs that have begun
 */
record CaseFrame(Step step, int branches, ExpressionFrame parent) implements Frame {
    /** People write up to 8. */
    private static final int MOST_BRANCHES = 16;

    /** What comes next. */
    enum Step {
        /** WHEN, or the base. */
        CASE,
        AFTER_BASE,
        WHEN,
        AFTER_WHEN,
        THEN,
        AFTER_THEN,
        ELSE,
        AFTER_ELSE
    }

    private Parse expression(Parse at) {
        Context context = parent.context().inside();
        return switch (step) {
            case CASE -> at.with(ExpressionFrame.start(context, new CaseFrame(Step.AFTER_BASE, branches, parent)));
            case WHEN -> at.with(ExpressionFrame.start(context, new CaseFrame(Step.AFTER_WHEN, branches, parent)));
            case THEN -> at.with(ExpressionFrame.value(context, new CaseFrame(Step.AFTER_THEN, branches, parent)));
            default -> at.with(ExpressionFrame.value(context, new CaseFrame(Step.AFTER_ELSE, branches, parent)));
        };
    }

    @Override
    public void expect(Parse at, Expectation expectation) {
        switch (step) {
            case CASE, WHEN, THEN, ELSE -> {
                expression(at).expect(expectation);
                if (step == Step.CASE) {
                    expectation.keywords("when");
                }
            }
            case AFTER_BASE -> only("when", expectation);
            case AFTER_WHEN -> only("then", expectation);
            case AFTER_THEN -> {
                only("end", expectation);
                expectation.keywords("else");
                if (branches < MOST_BRANCHES) {
                    expectation.keywords("when");
                }
            }
            case AFTER_ELSE -> only("end", expectation);
        }
    }

    private static void only(String word, Expectation expectation) {
        expectation.keywordToEnd(word);
    }

    @Override
    public @Nullable Parse after(Parse at, Terminal terminal) {
        boolean when = terminal.isKeyword("when");
        return switch (step) {
            case CASE -> when ? to(at, Step.WHEN) : expression(at).after(terminal);
            case WHEN, THEN, ELSE -> expression(at).after(terminal);
            case AFTER_BASE -> when ? to(at, Step.WHEN) : null;
            case AFTER_WHEN -> terminal.isKeyword("then") ? to(at, Step.THEN) : null;
            case AFTER_THEN -> {
                if (when && branches < MOST_BRANCHES) {
                    yield to(at, Step.WHEN);
                }
                yield terminal.isKeyword("else") ? to(at, Step.ELSE) : end(at, terminal);
            }
            case AFTER_ELSE -> end(at, terminal);
        };
    }

    private Parse to(Parse at, Step next) {
        return at.with(new CaseFrame(next, branches + (next == Step.WHEN ? 1 : 0), parent));
    }

    private @Nullable Parse end(Parse at, Terminal terminal) {
        return terminal.isKeyword("end") ? at.with(parent.operand(null)) : null;
    }

    @Override
    public Parse afterExpression(Parse at, @Nullable String column) {
        return at.with(this);
    }
}
