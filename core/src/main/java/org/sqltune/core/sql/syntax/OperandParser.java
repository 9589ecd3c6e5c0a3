package org.sqltune.core.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression.BlobLiteral;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Expression.Case;
import org.sqltune.core.sql.syntax.Expression.Cast;
import org.sqltune.core.sql.syntax.Expression.Collate;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Expression.CurrentTime;
import org.sqltune.core.sql.syntax.Expression.Exists;
import org.sqltune.core.sql.syntax.Expression.NullLiteral;
import org.sqltune.core.sql.syntax.Expression.NumberLiteral;
import org.sqltune.core.sql.syntax.Expression.Parameter;
import org.sqltune.core.sql.syntax.Expression.RowValue;
import org.sqltune.core.sql.syntax.Expression.Subquery;
import org.sqltune.core.sql.syntax.Expression.TextLiteral;
import org.sqltune.core.sql.syntax.Expression.Unary;
import org.sqltune.core.sql.syntax.Expression.When;
import org.sqltune.core.sql.syntax.Query.OrderTerm;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/** Reads what operators stand between: literals, columns, functions, CASE, parentheses; with signs and COLLATE. */
final class OperandParser {
    private final TokenReader tokens;
    private final ExpressionParser expressions;
    private final WindowParser windows;
    private final QueryParser queries;

    OperandParser(TokenReader tokens, ExpressionParser expressions, WindowParser windows, QueryParser queries) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.windows = windows;
        this.queries = queries;
    }

    Expression parse() {
        Expression value = signed();
        while (tokens.accept("collate")) {
            value = new Collate(value, tokens.plainName());
        }
        return value;
    }

    Query query() {
        tokens.enter();
        Query query = queries.query();
        tokens.leave();
        return query;
    }

    private Expression signed() {
        if (tokens.atSymbol("-") || tokens.atSymbol("+") || tokens.atSymbol("~")) {
            SqlToken sign = tokens.next();
            tokens.enter();
            Expression signed = new Unary(sign.text(), tokens.atWord("not") ? expressions.negation() : signed());
            tokens.leave();
            return signed;
        }
        return operand();
    }

    private Expression operand() {
        if (tokens.acceptSymbol("(")) {
            return parenthesized();
        }
        if (tokens.atEnd()) {
            throw tokens.fault("expected an expression");
        }
        boolean qualifier = tokens.atSymbol(1, ".");
        if (tokens.at(Kind.NUMBER)) {
            return queries.placed(new NumberLiteral(tokens.next().text()));
        }
        if (tokens.at(Kind.BLOB)) {
            String text = tokens.next().text();
            return queries.placed(new BlobLiteral(text.substring(2, text.length() - 1)));
        }
        if (tokens.at(Kind.PARAMETER)) {
            return queries.placed(new Parameter(tokens.next().text()));
        }
        if (tokens.at(Kind.STRING) && !qualifier) {
            return queries.placed(new TextLiteral(tokens.next().content()));
        }
        Expression keyword = tokens.at(Kind.WORD) ? keyword() : null;
        if (keyword != null) {
            return keyword;
        }
        if (tokens.atColumnName() || tokens.at(Kind.STRING)) {
            return tokens.atSymbol(1, "(") ? call(tokens.content()) : column();
        }
        throw tokens.fault("expected an expression");
    }

    private Expression parenthesized() {
        Expression inside;
        if (tokens.atQuery()) {
            inside = new Subquery(query());
        } else {
            List<Expression> items = expressions.list();
            inside = items.size() == 1 ? items.get(0) : new RowValue(items);
        }
        tokens.expectSymbol(")");
        return inside;
    }

    /** What begins with a word that is no name; null if a name follows. */
    private @Nullable Expression keyword() {
        if (tokens.accept("null")) {
            return new NullLiteral();
        }
        if (tokens.accept("case")) {
            return caseExpression();
        }
        if (tokens.accept("exists")) {
            tokens.expectSymbol("(");
            Query query = query();
            tokens.expectSymbol(")");
            return new Exists(query);
        }
        if (tokens.accept("cast")) {
            return cast();
        }
        for (String keyword : List.of("CURRENT_DATE", "CURRENT_TIMESTAMP", "CURRENT_TIME")) {
            if (tokens.accept(keyword)) {
                return new CurrentTime(keyword);
            }
        }
        return null;
    }

    private Expression cast() {
        tokens.expectSymbol("(");
        Expression value = expressions.parse();
        tokens.expect("as");
        List<String> type = new ArrayList<>();
        while (tokens.atPlainName()) {
            type.add(tokens.plainName());
        }
        List<String> sizes = new ArrayList<>();
        if (!type.isEmpty() && tokens.acceptSymbol("(")) {
            sizes.add(size());
            if (tokens.acceptSymbol(",")) {
                sizes.add(size());
            }
            tokens.expectSymbol(")");
        }
        tokens.expectSymbol(")");
        return new Cast(value, String.join(" ", type), sizes);
    }

    private String size() {
        String sign = tokens.acceptSymbol("-") ? "-" : "";
        if (sign.isEmpty()) {
            tokens.acceptSymbol("+");
        }
        if (!tokens.at(Kind.NUMBER)) {
            throw tokens.fault("expected a number");
        }
        return sign + tokens.next().text();
    }

    private Expression caseExpression() {
        Expression base = tokens.atWord("when") ? null : expressions.parse();
        List<When> whens = new ArrayList<>();
        do {
            tokens.expect("when");
            Expression condition = expressions.parse();
            tokens.expect("then");
            whens.add(new When(condition, expressions.parse()));
        } while (tokens.atWord("when"));
        Expression otherwise = tokens.accept("else") ? expressions.parse() : null;
        tokens.expect("end");
        return new Case(base, whens, otherwise);
    }

    private Expression call(String name) {
        tokens.expectSymbol("(");
        boolean star = tokens.acceptSymbol("*");
        boolean distinct = !star && tokens.accept("distinct");
        if (!star && !distinct) {
            tokens.accept("all");
        }
        List<Expression> arguments =
                star || tokens.atSymbol(")") || tokens.atWord("order") ? List.of() : expressions.list();
        List<OrderTerm> order = star ? List.of() : windows.orderBy();
        tokens.expectSymbol(")");
        Expression filter = filter();
        boolean over = tokens.atWord("over") && tokens.atNameOrParenthesis(1);
        if (over) {
            tokens.next();
        }
        Window window = over ? windows.over() : null;
        return new Call(name.toLowerCase(Locale.ROOT), distinct, star, arguments, order, filter, window);
    }

    private @Nullable Expression filter() {
        if (!tokens.atWord("filter") || !tokens.atSymbol(1, "(")) {
            return null;
        }
        tokens.next();
        tokens.expectSymbol("(");
        tokens.expect("where");
        Expression filter = expressions.parse();
        tokens.expectSymbol(")");
        return filter;
    }

    private Expression column() {
        boolean doubleQuoted = tokens.at(Kind.DOUBLE_QUOTED);
        String first = tokens.content();
        if (!tokens.acceptSymbol(".")) {
            return queries.placed(new ColumnName(null, null, first, doubleQuoted));
        }
        String second = tokens.name();
        return tokens.acceptSymbol(".")
                ? queries.placed(new ColumnName(first, second, tokens.name(), false))
                : queries.placed(new ColumnName(null, first, second, false));
    }
}
