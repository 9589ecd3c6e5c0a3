package org.sqltune.core.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.SqlToken;
import org.sqltune.core.sql.SqlToken.Kind;
import org.sqltune.core.sql.syntax.Expression.BlobLiteral;
import org.sqltune.core.sql.syntax.Expression.Call;
import org.sqltune.core.sql.syntax.Expression.Case;
import org.sqltune.core.sql.syntax.Expression.Cast;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Expression.CurrentTime;
import org.sqltune.core.sql.syntax.Expression.Exists;
import org.sqltune.core.sql.syntax.Expression.NullLiteral;
import org.sqltune.core.sql.syntax.Expression.NumberLiteral;
import org.sqltune.core.sql.syntax.Expression.RowValue;
import org.sqltune.core.sql.syntax.Expression.Subquery;
import org.sqltune.core.sql.syntax.Expression.When;

/** Reads what operators stand between: literals, names, functions, CASE, CAST and what is in parentheses. */
final class OperandParser {
    private final TokenReader tokens;
    private final ExpressionParser expressions;
    private final QueryParser queries;

    OperandParser(TokenReader tokens, ExpressionParser expressions, QueryParser queries) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.queries = queries;
    }

    Expression parse() {
        if (tokens.acceptSymbol("(")) {
            return parenthesized();
        }
        if (tokens.at(Kind.NUMBER)) {
            return new NumberLiteral(tokens.next().text());
        }
        if (tokens.at(Kind.BLOB)) {
            String text = tokens.next().text();
            return new BlobLiteral(text.substring(2, text.length() - 1));
        }
        if (tokens.at(Kind.DOUBLE_QUOTED) || tokens.at(Kind.QUOTED_NAME)) {
            return tokens.atSymbol(1, "(") ? call(tokens.name()) : column();
        }
        if (tokens.at(Kind.WORD)) {
            return word();
        }
        throw tokens.fault("expected an expression");
    }

    boolean atQuery() {
        return tokens.atWord("select") || tokens.atWord("with") || tokens.atWord("values");
    }

    Query query() {
        tokens.enter();
        Query query = queries.query();
        tokens.leave();
        return query;
    }

    private Expression parenthesized() {
        Expression inside;
        if (atQuery()) {
            inside = new Subquery(query());
        } else {
            List<Expression> items = expressions.list();
            inside = items.size() == 1 ? items.get(0) : new RowValue(items);
        }
        tokens.expectSymbol(")");
        return inside;
    }

    private Expression word() {
        if (tokens.atSymbol(1, "(")) {
            return functionLike();
        }
        if (tokens.accept("null")) {
            return new NullLiteral();
        }
        if (tokens.atWord("case")) {
            return caseExpression();
        }
        for (String keyword : List.of("CURRENT_DATE", "CURRENT_TIMESTAMP", "CURRENT_TIME")) {
            if (tokens.accept(keyword)) {
                return new CurrentTime(keyword);
            }
        }
        return column();
    }

    private Expression functionLike() {
        if (tokens.accept("exists")) {
            tokens.expectSymbol("(");
            Query query = query();
            tokens.expectSymbol(")");
            return new Exists(query);
        }
        if (tokens.accept("cast")) {
            return cast();
        }
        return tokens.atWord("case") ? caseExpression() : call(tokens.next().text());
    }

    private Expression cast() {
        tokens.expectSymbol("(");
        Expression value = expressions.parse();
        tokens.expect("as");
        List<String> type = new ArrayList<>();
        while (!tokens.atSymbol(")")) {
            if (tokens.acceptSymbol("(")) {
                while (!tokens.acceptSymbol(")")) {
                    tokens.next();
                }
            } else {
                type.add(tokens.name());
            }
        }
        tokens.expectSymbol(")");
        return new Cast(value, String.join(" ", type));
    }

    private Expression caseExpression() {
        tokens.expect("case");
        Expression base = tokens.atWord("when") ? null : expressions.parse();
        List<When> whens = new ArrayList<>();
        while (tokens.accept("when")) {
            Expression condition = expressions.parse();
            tokens.expect("then");
            whens.add(new When(condition, expressions.parse()));
        }
        Expression otherwise = tokens.accept("else") ? expressions.parse() : null;
        tokens.expect("end");
        return new Case(base, whens, otherwise);
    }

    private Expression call(String name) {
        tokens.expectSymbol("(");
        boolean distinct = tokens.accept("distinct");
        boolean star = tokens.acceptSymbol("*");
        List<Expression> arguments = star || tokens.atSymbol(")") ? List.of() : expressions.list();
        if (tokens.atWord("order")) {
            throw tokens.fault("an order inside an aggregate isn't supported");
        }
        tokens.expectSymbol(")");
        Expression filter = filter();
        if (tokens.atWord("over")) {
            throw tokens.fault("window functions aren't supported");
        }
        return new Call(name.toLowerCase(Locale.ROOT), distinct, star, arguments, filter);
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
        SqlToken first = tokens.next();
        if (!tokens.acceptSymbol(".")) {
            return new ColumnName(null, first.content(), first.kind() == Kind.DOUBLE_QUOTED);
        }
        String second = tokens.name();
        // main.table.column: the database's name says nothing.
        return tokens.acceptSymbol(".")
                ? new ColumnName(second, tokens.name(), false)
                : new ColumnName(first.content(), second, false);
    }
}
