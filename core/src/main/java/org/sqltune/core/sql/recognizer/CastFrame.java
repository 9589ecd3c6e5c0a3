package org.sqltune.core.sql.recognizer;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.GrammarWords;

/** CAST. */
record CastFrame(Step step, ExpressionFrame parent) implements Frame {
    /** What comes next. */
    enum Step {
        CAST,
        OPEN,
        AFTER_VALUE,
        TYPE,
        CLOSE
    }

    private Parse value(Parse at) {
        return at.with(ExpressionFrame.start(parent.context().inside(), new CastFrame(Step.AFTER_VALUE, parent)));
    }

    @Override
    public void expect(Parse at, Expectation expectation) {
        switch (step) {
            case CAST -> {
                expectation.symbolToEnd("(");
            }
            case OPEN -> value(at).expect(expectation);
            case AFTER_VALUE -> {
                expectation.keywordToEnd("as");
            }
            case TYPE -> {
                expectation.types();
                expectation.preferKeyword("int");
            }
            case CLOSE -> {
                expectation.symbolToEnd(")");
            }
        }
    }

    @Override
    public @Nullable Parse after(Parse at, Terminal terminal) {
        return switch (step) {
            case CAST -> terminal.isSymbol("(") ? to(at, Step.OPEN) : null;
            case OPEN -> value(at).after(terminal);
            case AFTER_VALUE -> terminal.isKeyword("as") ? to(at, Step.TYPE) : null;
            case TYPE ->
                terminal.kind() == Terminal.Kind.KEYWORD && GrammarWords.TYPES.contains(terminal.text())
                        ? to(at, Step.CLOSE)
                        : null;
            case CLOSE -> terminal.isSymbol(")") ? at.with(parent.operand(null)) : null;
        };
    }

    private Parse to(Parse at, Step next) {
        return at.with(new CastFrame(next, parent));
    }

    @Override
    public Parse afterExpression(Parse at, @Nullable String column) {
        return at.with(this);
    }
}
