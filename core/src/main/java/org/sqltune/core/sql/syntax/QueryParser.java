package org.sqltune.core.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Query.Body;
import org.sqltune.core.sql.syntax.Query.Column;
import org.sqltune.core.sql.syntax.Query.Compound;
import org.sqltune.core.sql.syntax.Query.NamedQuery;
import org.sqltune.core.sql.syntax.Query.OrderTerm;
import org.sqltune.core.sql.syntax.Query.Result;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Query.Star;
import org.sqltune.core.sql.syntax.Query.TableName;
import org.sqltune.core.sql.syntax.Query.Values;

/** Reads queries. */
public final class QueryParser {
    private final TokenReader tokens;
    private final ExpressionParser expressions;
    private final FromParser from;

    private QueryParser(String sql) {
        tokens = new TokenReader(sql);
        expressions = new ExpressionParser(tokens, this);
        from = new FromParser(tokens, expressions, this);
    }

    /**
     * Reads one query, with or without a closing semicolon.
     *
     * @throws SqlSyntaxException if the text is something else
     */
    public static Query parse(String sql) {
        QueryParser parser = new QueryParser(sql);
        Query query = parser.query();
        while (parser.tokens.acceptSymbol(";")) {
            // Semicolons behind the query say nothing.
        }
        if (!parser.tokens.atEnd()) {
            throw parser.tokens.fault("expected the end");
        }
        return query;
    }

    /** {@code SELECT * FROM name}. */
    static Query wholeTable(String name) {
        Select all = new Select(false, List.of(new Star(null)), new TableName(name, null), null, List.of(), null);
        return new Query(List.of(), all, List.of(), null, null);
    }

    Query query() {
        List<NamedQuery> tables = tokens.accept("with") ? namedQueries() : List.of();
        Body body = body();
        List<OrderTerm> order = tokens.accept("order", "by") ? orderTerms() : List.of();
        Expression limit = null;
        Expression offset = null;
        if (tokens.accept("limit")) {
            limit = expressions.parse();
            if (tokens.accept("offset")) {
                offset = expressions.parse();
            } else if (tokens.acceptSymbol(",")) {
                offset = limit;
                limit = expressions.parse();
            }
        }
        return new Query(tables, body, order, limit, offset);
    }

    private List<NamedQuery> namedQueries() {
        if (tokens.accept("recursive")) {
            throw tokens.fault("recursive queries aren't supported");
        }
        List<NamedQuery> named = new ArrayList<>();
        do {
            String name = tokens.name();
            List<String> columns = tokens.acceptSymbol("(") ? from.names() : List.of();
            tokens.expect("as");
            if (!tokens.accept("materialized")) {
                tokens.accept("not", "materialized");
            }
            tokens.expectSymbol("(");
            named.add(new NamedQuery(name, columns, query()));
            tokens.expectSymbol(")");
        } while (tokens.acceptSymbol(","));
        return named;
    }

    private Body body() {
        Body left = core();
        for (String operator = setOperator(); operator != null; operator = setOperator()) {
            left = new Compound(operator, left, core());
        }
        return left;
    }

    private @Nullable String setOperator() {
        if (tokens.accept("union", "all")) {
            return "UNION ALL";
        }
        for (String operator : List.of("UNION", "INTERSECT", "EXCEPT")) {
            if (tokens.accept(operator)) {
                return operator;
            }
        }
        return null;
    }

    private Body core() {
        if (tokens.accept("values")) {
            List<List<Expression>> rows = new ArrayList<>();
            do {
                tokens.expectSymbol("(");
                rows.add(expressions.list());
                tokens.expectSymbol(")");
            } while (tokens.acceptSymbol(","));
            return new Values(rows);
        }
        tokens.expect("select");
        return select();
    }

    private Select select() {
        boolean distinct = tokens.accept("distinct");
        if (!distinct) {
            tokens.accept("all");
        }
        List<Result> results = new ArrayList<>();
        do {
            results.add(result());
        } while (tokens.acceptSymbol(","));
        Query.FromItem source = tokens.accept("from") ? from.parse() : null;
        Expression where = tokens.accept("where") ? expressions.parse() : null;
        List<Expression> groupBy = tokens.accept("group", "by") ? expressions.list() : List.of();
        Expression having = tokens.accept("having") ? expressions.parse() : null;
        if (tokens.atWord("window")) {
            throw tokens.fault("window functions aren't supported");
        }
        return new Select(distinct, results, source, where, groupBy, having);
    }

    private Result result() {
        if (tokens.acceptSymbol("*")) {
            return new Star(null);
        }
        if (tokens.atSymbol(1, ".") && tokens.atSymbol(2, "*")) {
            Star star = new Star(tokens.name());
            tokens.next();
            tokens.next();
            return star;
        }
        int start = tokens.position();
        Expression value = expressions.parse();
        String text = tokens.textFrom(start);
        return new Column(value, tokens.alias().orElse(null), text);
    }

    private List<OrderTerm> orderTerms() {
        List<OrderTerm> terms = new ArrayList<>();
        do {
            Expression value = expressions.parse();
            boolean descending = tokens.accept("desc");
            if (!descending) {
                tokens.accept("asc");
            }
            terms.add(new OrderTerm(value, descending, nullsFirst()));
        } while (tokens.acceptSymbol(","));
        return terms;
    }

    private @Nullable Boolean nullsFirst() {
        if (!tokens.accept("nulls")) {
            return null;
        }
        String where = tokens.name().toLowerCase(Locale.ROOT);
        if (!where.equals("first") && !where.equals("last")) {
            throw tokens.fault("expected FIRST or LAST");
        }
        return where.equals("first");
    }
}
