package org.sqltune.core.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression.Between;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.Collate;
import org.sqltune.core.sql.syntax.Expression.InList;
import org.sqltune.core.sql.syntax.Expression.InQuery;
import org.sqltune.core.sql.syntax.Expression.Like;
import org.sqltune.core.sql.syntax.Expression.NullLiteral;
import org.sqltune.core.sql.syntax.Expression.NullTest;
import org.sqltune.core.sql.syntax.Expression.Unary;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/**
 * Reads expressions by the precedence of their operators. NOT in front of an operand takes all behind it that binds
 * tighter, wherever it stands: {@code 1 + NOT a = b} is {@code 1 + (NOT (a = b))}.
 */
final class ExpressionParser {
    /** SQLite's own limit. */
    private static final int MAX_CHAIN = 1000;

    private final TokenReader tokens;
    private final OperandParser operands;
    private final WindowParser windows;
    private final FromParser from;

    ExpressionParser(TokenReader tokens, QueryParser queries) {
        this.tokens = tokens;
        this.windows = new WindowParser(tokens, this);
        this.operands = new OperandParser(tokens, this, windows, queries);
        this.from = new FromParser(tokens, this, queries);
    }

    WindowParser windows() {
        return windows;
    }

    FromParser from() {
        return from;
    }

    Expression parse() {
        return parse(Precedence.OR);
    }

    /** What begins with NOT. */
    Expression negation() {
        return parse(Precedence.NOT);
    }

    List<Expression> list() {
        List<Expression> items = new ArrayList<>();
        do {
            items.add(parse());
        } while (tokens.acceptSymbol(","));
        return items;
    }

    /** An expression whose operators, outside parentheses, bind at least that tight. */
    private Expression parse(int least) {
        tokens.enter();
        Expression left = tokens.accept("not") ? new Unary("NOT", parse(Precedence.NOT)) : operands.parse();
        int chain = 0;
        for (Expression longer = longer(left, least); longer != null; longer = longer(left, least)) {
            if (++chain > MAX_CHAIN) {
                throw tokens.fault("more than " + MAX_CHAIN + " operators in a row");
            }
            left = longer;
        }
        tokens.leave();
        return left;
    }

    /** The expression with the operator that follows; null if none does that binds tight enough. */
    private @Nullable Expression longer(Expression left, int least) {
        if (tokens.at(Kind.SYMBOL)) {
            return symbol(left, least);
        }
        if (!tokens.at(Kind.WORD)) {
            return null;
        }
        // Behind an operand it was read there: this is behind IN's parenthesis or NOT NULL.
        if (tokens.accept("collate")) {
            return new Collate(left, tokens.plainName());
        }
        if (least <= Precedence.OR && tokens.accept("or")) {
            return new Binary("OR", left, parse(Precedence.AND));
        }
        if (least <= Precedence.AND && tokens.accept("and")) {
            return new Binary("AND", left, parse(Precedence.NOT));
        }
        return least <= Precedence.EQUALITY ? test(left) : null;
    }

    private @Nullable Expression symbol(Expression left, int least) {
        String operator = tokens.peek().text();
        Integer precedence = Precedence.SYMBOLS.get(operator);
        if (precedence == null || precedence < least) {
            return null;
        }
        tokens.next();
        return new Binary(Precedence.standard(operator), left, parse(precedence + 1));
    }

    /** IS, IN, BETWEEN, LIKE and the like. */
    private @Nullable Expression test(Expression left) {
        if (tokens.accept("isnull")) {
            return new NullTest(false, left);
        }
        if (tokens.accept("notnull") || tokens.accept("not", "null")) {
            return new NullTest(true, left);
        }
        if (tokens.accept("is")) {
            return is(left);
        }
        boolean negated = tokens.atWord("not");
        int ahead = negated ? 1 : 0;
        boolean word = tokens.atWord(ahead, "between") || tokens.atWord(ahead, "in") || tokens.atMatching(ahead);
        if (!word) {
            return null;
        }
        if (negated) {
            tokens.next();
        }
        return matched(left, negated);
    }

    private Expression is(Expression left) {
        boolean negated = tokens.accept("not");
        if (tokens.accept("distinct")) {
            tokens.expect("from");
            negated = !negated;
        }
        Expression right = parse(Precedence.EQUALITY + 1);
        return right instanceof NullLiteral
                ? new NullTest(negated, left)
                : new Binary(negated ? "IS NOT" : "IS", left, right);
    }

    private Expression matched(Expression left, boolean negated) {
        if (tokens.accept("between")) {
            Expression low = parse(Precedence.NOT);
            tokens.expect("and");
            return new Between(negated, left, low, parse(Precedence.EQUALITY + 1));
        }
        if (tokens.accept("in")) {
            return in(left, negated);
        }
        String operator = tokens.next().text().toUpperCase(Locale.ROOT);
        Expression pattern = parse(Precedence.EQUALITY + 1);
        Expression escape = tokens.accept("escape") ? parse(Precedence.EQUALITY + 1) : null;
        return new Like(operator, negated, left, pattern, escape);
    }

    private Expression in(Expression left, boolean negated) {
        if (!tokens.acceptSymbol("(")) {
            return new InQuery(negated, left, QueryParser.wholeTable(from.bareTable()));
        }
        Expression in;
        if (tokens.atQuery()) {
            in = new InQuery(negated, left, operands.query());
        } else {
            in = new InList(negated, left, tokens.atSymbol(")") ? List.of() : list());
        }
        tokens.expectSymbol(")");
        return in;
    }
}
