package org.sqltune.core.sql.syntax;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    /** SQLite's own limit on the members of a compound query. */
    private static final int MAX_COMPOUND = 500;

    private final TokenReader tokens;
    private final ExpressionParser expressions;
    private final Map<Object, SqlToken> places = new IdentityHashMap<>();
    private final Map<Query.FromItem, SqlToken> aliases = new IdentityHashMap<>(4);

    private QueryParser(String sql, List<SqlToken> scanned) {
        tokens = new TokenReader(sql, scanned);
        expressions = new ExpressionParser(tokens, this);
    }

    /**
     * Reads one query, with or without a closing semicolon.
     *
     * @throws SqlSyntaxException if the text is something else
     */
    public static Query parse(String sql) {
        return read(sql).query();
    }

    /**
     * As {@link #parse}, and tells where in the text names and literals stand.
     *
     * @throws SqlSyntaxException if the text isn't one query
     */
    public static ParsedSql read(String sql) {
        return read(sql, SqlScanner.scan(sql));
    }

    static ParsedSql read(String sql, List<SqlToken> scanned) {
        QueryParser parser = new QueryParser(sql, scanned);
        while (parser.tokens.acceptSymbol(";")) {
            // SQLite skips empty statements.
        }
        Query query = parser.query();
        while (parser.tokens.acceptSymbol(";")) {
            // Semicolons behind the query say nothing.
        }
        if (!parser.tokens.atEnd()) {
            throw parser.tokens.fault("expected the end");
        }
        return new ParsedSql(sql, scanned, query, parser.places, parser.aliases);
    }

    /** {@code SELECT * FROM table}. */
    static Query wholeTable(TableName table) {
        Select all = new Select(false, List.of(new Star(null)), table, null, List.of(), null, List.of());
        return new Query(false, List.of(), all, List.of(), null, null);
    }

    /** Notes that the node's last token is the one read last. */
    <T> T placed(T node) {
        return placed(node, tokens.last());
    }

    <T> T placed(T node, SqlToken token) {
        places.put(node, token);
        return node;
    }

    /** Notes where the item's alias stands. */
    <T extends Query.FromItem> T aliased(T item, SqlToken alias) {
        aliases.put(item, alias);
        return item;
    }

    SqlToken token(Object node) {
        return Objects.requireNonNull(places.get(node));
    }

    Query query() {
        boolean with = tokens.accept("with");
        boolean recursive = with && tokens.accept("recursive");
        List<NamedQuery> tables = with ? namedQueries() : List.of();
        Body body = body();
        if (endsInValues(body)) {
            // parse.y lets neither ORDER BY nor LIMIT follow VALUES.
            return new Query(recursive, tables, body, List.of(), null, null);
        }
        List<OrderTerm> order = expressions.windows().orderBy();
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
        return new Query(recursive, tables, body, order, limit, offset);
    }

    private static boolean endsInValues(Body body) {
        return body instanceof Values || (body instanceof Compound compound && compound.right() instanceof Values);
    }

    private List<NamedQuery> namedQueries() {
        List<NamedQuery> named = new ArrayList<>();
        do {
            String name = tokens.name();
            List<String> columns = tokens.acceptSymbol("(") ? expressions.from().names() : List.of();
            tokens.expect("as");
            Boolean materialized = tokens.accept("materialized") ? Boolean.TRUE : null;
            if (materialized == null && tokens.accept("not")) {
                tokens.expect("materialized");
                materialized = Boolean.FALSE;
            }
            tokens.expectSymbol("(");
            tokens.enter();
            named.add(new NamedQuery(name, columns, materialized, query()));
            tokens.leave();
            tokens.expectSymbol(")");
        } while (tokens.acceptSymbol(","));
        return named;
    }

    private Body body() {
        Body left = core();
        int members = 1;
        for (String operator = setOperator(); operator != null; operator = setOperator()) {
            if (++members > MAX_COMPOUND) {
                throw tokens.fault("more than " + MAX_COMPOUND + " queries in a row");
            }
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
        Query.FromItem source = tokens.accept("from") ? expressions.from().parse() : null;
        Expression where = tokens.accept("where") ? expressions.parse() : null;
        List<Expression> groupBy = tokens.accept("group", "by") ? expressions.list() : List.of();
        Expression having = tokens.accept("having") ? expressions.parse() : null;
        List<Query.NamedWindow> windows = List.of();
        if (tokens.atWindowClause()) {
            tokens.next();
            windows = expressions.windows().named();
        }
        return new Select(distinct, results, source, where, groupBy, having, windows);
    }

    private Result result() {
        if (tokens.acceptSymbol("*")) {
            return new Star(null);
        }
        if (tokens.atSymbol(1, ".") && tokens.atSymbol(2, "*")) {
            String table = tokens.name();
            Star star = placed(new Star(table));
            tokens.next();
            tokens.next();
            return star;
        }
        int start = tokens.position();
        Expression value = expressions.parse();
        String text = tokens.textFrom(start);
        return new Column(value, tokens.alias().orElse(null), text);
    }
}
