package org.sqltune.core.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.SqlToken;
import org.sqltune.core.sql.SqlToken.Kind;
import org.sqltune.core.sql.syntax.Expression.Between;
import org.sqltune.core.sql.syntax.Expression.Binary;
import org.sqltune.core.sql.syntax.Expression.Collate;
import org.sqltune.core.sql.syntax.Expression.InList;
import org.sqltune.core.sql.syntax.Expression.InQuery;
import org.sqltune.core.sql.syntax.Expression.Like;
import org.sqltune.core.sql.syntax.Expression.NullLiteral;
import org.sqltune.core.sql.syntax.Expression.NullTest;
import org.sqltune.core.sql.syntax.Expression.TextLiteral;
import org.sqltune.core.sql.syntax.Expression.Unary;

/** Reads expressions, an operator of lower precedence calling those of higher. */
final class ExpressionParser {
    /** From loose to tight, behind the operators of comparison. */
    private static final List<List<String>> ARITHMETIC = List.of(
            List.of("<", "<=", ">", ">="),
            List.of("<<", ">>", "&", "|"),
            List.of("+", "-"),
            List.of("*", "/", "%"),
            List.of("||", "->", "->>"));

    private final TokenReader tokens;
    private final OperandParser operands;

    ExpressionParser(TokenReader tokens, QueryParser queries) {
        this.tokens = tokens;
        this.operands = new OperandParser(tokens, this, queries);
    }

    Expression parse() {
        tokens.enter();
        Expression left = conjunction();
        while (tokens.accept("or")) {
            left = new Binary("OR", left, conjunction());
        }
        tokens.leave();
        return left;
    }

    List<Expression> list() {
        List<Expression> items = new ArrayList<>();
        do {
            items.add(parse());
        } while (tokens.acceptSymbol(","));
        return items;
    }

    private Expression conjunction() {
        Expression left = negation();
        while (tokens.accept("and")) {
            left = new Binary("AND", left, negation());
        }
        return left;
    }

    private Expression negation() {
        if (!tokens.accept("not")) {
            return comparison();
        }
        tokens.enter();
        Expression negated = new Unary("NOT", negation());
        tokens.leave();
        return negated;
    }

    private Expression comparison() {
        Expression left = arithmetic(0);
        for (Expression longer = compared(left); longer != null; longer = compared(left)) {
            left = longer;
        }
        return left;
    }

    /** One comparison more; null if none follows. */
    private @Nullable Expression compared(Expression left) {
        if (tokens.acceptSymbol("=") || tokens.acceptSymbol("==")) {
            return new Binary("=", left, arithmetic(0));
        }
        if (tokens.acceptSymbol("<>") || tokens.acceptSymbol("!=")) {
            return new Binary("<>", left, arithmetic(0));
        }
        if (tokens.accept("isnull")) {
            return new NullTest(false, left);
        }
        if (tokens.accept("notnull") || tokens.accept("not", "null")) {
            return new NullTest(true, left);
        }
        if (tokens.accept("is")) {
            return is(left);
        }
        boolean negated = tokens.atWord("not") && isMatching(1);
        if (!negated && !isMatching(0)) {
            return null;
        }
        if (negated) {
            tokens.next();
        }
        return matched(left, negated);
    }

    private boolean isMatching(int ahead) {
        return List.of("like", "glob", "between", "in", "regexp", "match").stream()
                .anyMatch(word -> tokens.atWord(ahead, word));
    }

    private Expression is(Expression left) {
        boolean negated = tokens.accept("not");
        if (tokens.accept("distinct")) {
            tokens.expect("from");
            negated = !negated;
        }
        Expression right = arithmetic(0);
        return right instanceof NullLiteral
                ? new NullTest(negated, left)
                : new Binary(negated ? "IS NOT" : "IS", left, right);
    }

    private Expression matched(Expression left, boolean negated) {
        if (tokens.accept("between")) {
            Expression low = arithmetic(0);
            tokens.expect("and");
            return new Between(negated, left, low, arithmetic(0));
        }
        if (tokens.accept("in")) {
            return in(left, negated);
        }
        String operator = tokens.next().text().toUpperCase(Locale.ROOT);
        if (!operator.equals("LIKE") && !operator.equals("GLOB")) {
            throw tokens.fault(operator + " has no meaning in SQLite without an extension");
        }
        Expression pattern = arithmetic(0);
        return new Like(operator, negated, left, pattern, tokens.accept("escape") ? arithmetic(0) : null);
    }

    private Expression in(Expression left, boolean negated) {
        if (!tokens.acceptSymbol("(")) {
            return new InQuery(negated, left, QueryParser.wholeTable(tokens.name()));
        }
        Expression in;
        if (operands.atQuery()) {
            in = new InQuery(negated, left, operands.query());
        } else {
            in = new InList(negated, left, tokens.atSymbol(")") ? List.of() : list());
        }
        tokens.expectSymbol(")");
        return in;
    }

    private Expression arithmetic(int level) {
        if (level == ARITHMETIC.size()) {
            return collated();
        }
        Expression left = arithmetic(level + 1);
        while (atAny(ARITHMETIC.get(level))) {
            left = new Binary(tokens.next().text(), left, arithmetic(level + 1));
        }
        return left;
    }

    private boolean atAny(List<String> symbols) {
        return symbols.stream().anyMatch(tokens::atSymbol);
    }

    private Expression collated() {
        Expression value = signed();
        while (tokens.accept("collate")) {
            value = new Collate(value, tokens.name());
        }
        return value;
    }

    private Expression signed() {
        if (tokens.atSymbol("-") || tokens.atSymbol("+") || tokens.atSymbol("~")) {
            SqlToken sign = tokens.next();
            tokens.enter();
            Expression signed = new Unary(sign.text(), signed());
            tokens.leave();
            return signed;
        }
        if (tokens.at(Kind.STRING)) {
            return new TextLiteral(tokens.next().content());
        }
        return operands.parse();
    }
}
