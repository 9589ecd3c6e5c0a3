package org.sqltune.core.sql.recognizer;

import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.GrammarWords;
import org.sqltune.core.sql.recognizer.name.NameTries;
import org.sqltune.core.sql.recognizer.name.SqliteFunction;

/**
 * An expression. Precedence doesn't matter for what may follow, but for BETWEEN, whose AND isn't a logical one.
 *
 * @param low whether BETWEEN's AND is still missing
 * @param pattern whether the operand is LIKE's pattern, which ESCAPE may follow
 * @param column the expression so far, if it is a lone column; null if not
 * @param starFits whether {@code name.*} may stand here
 * @param operators how many it has, so far
 */
record ExpressionFrame(
        Step step,
        boolean low,
        boolean pattern,
        Context context,
        @Nullable String column,
        boolean starFits,
        int operators,
        Frame parent)
        implements Frame {
    /** Operators of one expression, those inside parentheses apart; people write up to 14 of AND and OR, and a comparison for each. */
    private static final int MOST_OPERATORS = 40;

    /** What comes next. */
    enum Step {
        /** An operand, or NOT. */
        START,
        OPERAND,
        /** An operand without sign. */
        SIGNED,
        /** An operand, which may be a text in double quotes. */
        VALUE,
        /** An operator, or the end. */
        OPERATOR,
        /** What NOT negates behind an operand. */
        NEGATED,
        COLLATION,
        ESCAPE
    }

    /** An expression of its own. */
    static ExpressionFrame start(Context context, Frame parent) {
        return new ExpressionFrame(Step.START, false, false, context, null, false, 0, parent);
    }

    /** An expression that stands where values do. */
    static ExpressionFrame value(Context context, Frame parent) {
        return new ExpressionFrame(Step.VALUE, false, false, context, null, false, 0, parent);
    }

    ExpressionFrame fittingStar() {
        return new ExpressionFrame(step, low, pattern, context, column, true, operators, parent);
    }

    /** Behind an operand. */
    ExpressionFrame operand(@Nullable String onlyColumn) {
        boolean first = step == Step.START && onlyColumn != null;
        return new ExpressionFrame(
                Step.OPERATOR,
                low,
                pattern,
                context.withoutTerm(),
                first ? onlyColumn : null,
                false,
                operators,
                parent);
    }

    /** Behind an operator. */
    private ExpressionFrame to(Step next) {
        return new ExpressionFrame(next, low, false, context.withoutTerm(), null, false, operators + 1, parent);
    }

    /** At the value that an operand is compared with. */
    private ExpressionFrame compared(boolean between, boolean like) {
        return new ExpressionFrame(
                Step.VALUE, between, like, context.withoutTerm(), null, false, operators + 1, parent);
    }

    private boolean takesOperator() {
        return operators < MOST_OPERATORS;
    }

    @Override
    public void expect(Parse at, Expectation expectation) {
        switch (step) {
            case START, OPERAND, SIGNED, VALUE -> expectOperand(at, expectation);
            case OPERATOR -> expectOperator(at, expectation);
            case NEGATED -> {
                expectation.keywords("in", "like", "glob", "between", "null");
                expectation.preferKeyword("null");
            }
            case COLLATION -> {
                expectation.keywords(GrammarWords.COLLATIONS.toArray(String[]::new));
                expectation.preferKeyword("binary");
            }
            case ESCAPE -> {
                expectation.character();
                expectation.prefer(Terminal.STRING, "'!'");
            }
        }
    }

    private void expectOperand(Parse at, Expectation expectation) {
        boolean term = context.term() && step == Step.START;
        expectation.string();
        GrammarWords.CONSTANTS.stream().filter(word -> isConstant(at, word)).forEach(expectation::keywords);
        if (!term) {
            expectation.number();
        }
        expectation.prefer(term ? Terminal.STRING : Terminal.NUMBER, term ? "''" : "1");
        if (!term && step != Step.SIGNED) {
            expectation.symbol("-");
        }
        if (step == Step.START) {
            expectation.keywords("not");
        }
        if (step == Step.VALUE && NameRules.knowsTexts(at.scope())) {
            expectation.textInDoubleQuotes();
        }
        if (!context.deepest()) {
            expectation.symbol("(");
            expectation.keywords("case", "cast");
            expectation.functions(functions());
        }
        if (context.takesQueries()) {
            expectation.keywords("exists");
        }
        Set<String> names = new TreeSet<>(at.columns(context));
        names.addAll(at.qualifiers(context));
        expectation.names(names);
        if (at.names().takesAny()) {
            expectation.anyName("c1");
        }
        if (at.rules().takesEarlyAlias(at.scope())) {
            expectation.earlyAlias();
        }
    }

    private Set<String> functions() {
        Set<String> functions = new TreeSet<>();
        SqliteFunction.ALL.values().stream().filter(this::takes).forEach(function -> functions.add(function.name()));
        return functions;
    }

    private boolean takes(SqliteFunction function) {
        return switch (function.kind()) {
                    case SCALAR, EITHER -> true;
                    case AGGREGATE -> context.aggregates();
                    case WINDOW -> context.windows();
                }
                && !context.deepest();
    }

    private void expectOperator(Parse at, Expectation expectation) {
        if (takesOperator()) {
            expectation.symbols(GrammarWords.ARITHMETIC);
        }
        if (low) {
            expectation.keywordToEnd("and");
            return;
        }
        parent.afterExpression(at, column).expect(expectation);
        if (!takesOperator()) {
            return;
        }
        expectation.symbols(GrammarWords.COMPARISONS);
        expectation.keywords("and", "or", "not", "is", "in", "like", "glob", "between", "collate");
        if (pattern) {
            expectation.keywords("escape");
        }
    }

    @Override
    public @Nullable Parse after(Parse at, Terminal terminal) {
        return switch (step) {
            case START, OPERAND, SIGNED, VALUE -> afterOperand(at, terminal);
            case OPERATOR -> afterOperator(at, terminal);
            case NEGATED -> terminal.isKeyword("null") ? at.with(operand(null)) : afterTest(at, terminal);
            case COLLATION ->
                terminal.kind() == Terminal.Kind.KEYWORD && GrammarWords.COLLATIONS.contains(terminal.text())
                        ? at.with(operand(null))
                        : null;
            case ESCAPE -> terminal.kind() == Terminal.Kind.STRING ? at.with(operand(null)) : null;
        };
    }

    private @Nullable Parse afterOperand(Parse at, Terminal terminal) {
        boolean term = context.term() && step == Step.START;
        return switch (terminal.kind()) {
            case NUMBER -> term ? null : at.with(operand(null));
            case STRING -> at.with(operand(null));
            case KEYWORD -> afterKeyword(at, terminal.text());
            case SYMBOL -> {
                if (terminal.isSymbol("-") && !term && step != Step.SIGNED) {
                    yield at.with(to(Step.SIGNED));
                }
                yield terminal.isSymbol("(") && !context.deepest()
                        ? at.with(new GroupFrame(GroupFrame.Step.OPEN, this))
                        : null;
            }
            case NAME, QUOTED_NAME -> afterName(at, terminal);
            case INTEGER -> null;
        };
    }

    /** Where a column is called TRUE or FALSE, SQLite takes the word for it. */
    private static boolean isConstant(Parse at, String word) {
        return GrammarWords.CONSTANTS.contains(word) && !at.names().isColumn(word);
    }

    private @Nullable Parse afterKeyword(Parse at, String word) {
        if (isConstant(at, word)) {
            return at.with(operand(null));
        }
        return switch (word) {
            case "not" -> step == Step.START ? at.with(to(Step.OPERAND)) : null;
            case "case" -> context.deepest() ? null : at.with(new CaseFrame(CaseFrame.Step.CASE, 0, this));
            case "cast" -> context.deepest() ? null : at.with(new CastFrame(CastFrame.Step.CAST, this));
            case "exists" -> context.takesQueries() ? at.with(new GroupFrame(GroupFrame.Step.EXISTS, this)) : null;
            default -> null;
        };
    }

    private @Nullable Parse afterName(Parse at, Terminal terminal) {
        String name = terminal.text();
        NameRules rules = at.rules();
        boolean any =
                at.names().takesAny() && (terminal.kind() == Terminal.Kind.QUOTED_NAME || NameTries.readsBare(name));
        boolean isColumn = any || at.columns(context).contains(name);
        boolean isQualifier = any
                || at.qualifiers(context).contains(name)
                || (terminal.kind() == Terminal.Kind.NAME && rules.isEarlyAlias(at.scope(), name));
        SqliteFunction function = terminal.kind() == Terminal.Kind.NAME ? SqliteFunction.ALL.get(name) : null;
        boolean isFunction = function != null && takes(function);
        return isColumn || isQualifier || isFunction
                ? at.with(new NameFrame(name, isColumn, isQualifier, isFunction, false, this))
                : null;
    }

    private @Nullable Parse afterOperator(Parse at, Terminal terminal) {
        if (terminal.kind() == Terminal.Kind.SYMBOL && takesOperator()) {
            if (GrammarWords.ARITHMETIC.contains(terminal.text())) {
                return at.with(to(Step.OPERAND));
            }
            if (!low && GrammarWords.COMPARISONS.contains(terminal.text())) {
                return at.with(to(Step.VALUE));
            }
        }
        if (low) {
            return terminal.isKeyword("and") ? at.with(compared(false, false)) : null;
        }
        if (terminal.kind() == Terminal.Kind.KEYWORD && takesOperator()) {
            switch (terminal.text()) {
                case "and", "or", "is" -> {
                    return at.with(to(Step.START));
                }
                case "not" -> {
                    return at.with(to(Step.NEGATED));
                }
                case "collate" -> {
                    return at.with(to(Step.COLLATION));
                }
                case "escape" -> {
                    return pattern ? at.with(to(Step.ESCAPE)) : null;
                }
                default -> {
                    Parse test = afterTest(at, terminal);
                    if (test != null) {
                        return test;
                    }
                }
            }
        }
        return parent.afterExpression(at, column).after(terminal);
    }

    private @Nullable Parse afterTest(Parse at, Terminal terminal) {
        if (terminal.kind() != Terminal.Kind.KEYWORD) {
            return null;
        }
        return switch (terminal.text()) {
            case "in" -> at.with(new InFrame(InFrame.Step.OPEN, 0, compared(low, false)));
            case "like", "glob" -> at.with(compared(low, terminal.isKeyword("like")));
            case "between" -> at.with(compared(true, false));
            default -> null;
        };
    }
}
