package org.sqltune.core.sql.recognizer;

import org.jspecify.annotations.Nullable;

/**
 * A window from its opening parenthesis on.
 *
 * @param terms that have begun, of PARTITION BY and ORDER BY together
 */
record WindowFrame(Step step, int terms, ExpressionFrame parent) implements Frame {
    private static final int MOST_TERMS = 12;

    /** What comes next. */
    enum Step {
        OPEN,
        /** BY behind PARTITION. */
        PARTITION,
        PARTITION_TERM,
        AFTER_PARTITION_TERM,
        /** BY behind ORDER. */
        ORDER,
        ORDER_TERM,
        AFTER_ORDER_TERM,
        AFTER_DIRECTION
    }

    private WindowFrame to(Step next) {
        return new WindowFrame(next, terms, parent);
    }

    private Parse term(Parse at) {
        Step after = step == Step.PARTITION_TERM ? Step.AFTER_PARTITION_TERM : Step.AFTER_ORDER_TERM;
        return at.with(
                ExpressionFrame.start(parent.context().insideWindow(), new WindowFrame(after, terms + 1, parent)));
    }

    @Override
    public void expect(Parse at, Expectation expectation) {
        switch (step) {
            case OPEN -> {
                close(expectation);
                expectation.keywords("partition", "order");
                RowsFrame.expectUnit(expectation);
            }
            case PARTITION, ORDER -> {
                expectation.keywordToEnd("by");
            }
            case PARTITION_TERM, ORDER_TERM -> term(at).expect(expectation);
            case AFTER_PARTITION_TERM -> {
                close(expectation);
                if (terms < MOST_TERMS) {
                    expectation.symbol(",");
                }
                expectation.keywords("order");
                RowsFrame.expectUnit(expectation);
            }
            case AFTER_ORDER_TERM, AFTER_DIRECTION -> {
                close(expectation);
                if (terms < MOST_TERMS) {
                    expectation.symbol(",");
                }
                RowsFrame.expectUnit(expectation);
                if (step == Step.AFTER_ORDER_TERM) {
                    expectation.keywords("asc", "desc");
                }
            }
        }
    }

    private static void close(Expectation expectation) {
        expectation.symbolToEnd(")");
    }

    @Override
    public @Nullable Parse after(Parse at, Terminal terminal) {
        if (step == Step.PARTITION_TERM || step == Step.ORDER_TERM) {
            return term(at).after(terminal);
        }
        if (step == Step.PARTITION || step == Step.ORDER) {
            Step term = step == Step.PARTITION ? Step.PARTITION_TERM : Step.ORDER_TERM;
            return terminal.isKeyword("by") ? at.with(to(term)) : null;
        }
        if (terminal.isSymbol(")")) {
            return at.with(parent.operand(null), at.scope().marked(false, true));
        }
        if (terminal.isSymbol(",") && step != Step.OPEN && terms < MOST_TERMS) {
            return at.with(to(step == Step.AFTER_PARTITION_TERM ? Step.PARTITION_TERM : Step.ORDER_TERM));
        }
        if (terminal.isKeyword("partition") && step == Step.OPEN) {
            return at.with(to(Step.PARTITION));
        }
        if (terminal.isKeyword("order") && (step == Step.OPEN || step == Step.AFTER_PARTITION_TERM)) {
            return at.with(to(Step.ORDER));
        }
        if (RowsFrame.isUnit(terminal)) {
            return at.with(RowsFrame.of(terminal, parent));
        }
        boolean direction = terminal.isKeyword("asc") || terminal.isKeyword("desc");
        return direction && step == Step.AFTER_ORDER_TERM ? at.with(to(Step.AFTER_DIRECTION)) : null;
    }

    @Override
    public Parse afterExpression(Parse at, @Nullable String column) {
        return at.with(this);
    }
}
