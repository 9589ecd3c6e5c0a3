package org.sqltune.core.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Query.FromItem;
import org.sqltune.core.sql.syntax.Query.Join;
import org.sqltune.core.sql.syntax.Query.JoinedTables;
import org.sqltune.core.sql.syntax.Query.SubqueryTable;
import org.sqltune.core.sql.syntax.Query.TableName;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/** Reads what stands behind FROM. */
final class FromParser {
    private final TokenReader tokens;
    private final ExpressionParser expressions;
    private final QueryParser queries;

    FromParser(TokenReader tokens, ExpressionParser expressions, QueryParser queries) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.queries = queries;
    }

    FromItem parse() {
        FromItem left = item();
        for (JoinKind kind = joinKind(); kind != null; kind = joinKind()) {
            FromItem right = item();
            Expression on = tokens.accept("on") ? expressions.parse() : null;
            List<String> using = on == null && tokens.accept("using") ? usingColumns() : List.of();
            if (kind.natural() && (on != null || !using.isEmpty())) {
                throw tokens.fault("expected no condition behind a NATURAL join");
            }
            left = new Join(left, right, kind.name(), kind.natural(), on, using);
        }
        return left;
    }

    /** Names up to the closing parenthesis. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        do {
            names.add(tokens.name());
        } while (tokens.acceptSymbol(","));
        tokens.expectSymbol(")");
        return names;
    }

    /** A table or a function that returns one, with neither alias nor index. */
    TableName bareTable() {
        String schema = null;
        String name = tokens.name();
        SqlToken token = tokens.last();
        if (tokens.acceptSymbol(".")) {
            schema = name;
            name = tokens.name();
            token = tokens.last();
        }
        List<Expression> arguments = null;
        if (tokens.acceptSymbol("(")) {
            arguments = tokens.atSymbol(")") ? List.of() : expressions.list();
            tokens.expectSymbol(")");
        }
        return queries.placed(new TableName(schema, name, null, arguments, null), token);
    }

    private List<String> usingColumns() {
        tokens.expectSymbol("(");
        return names();
    }

    private record JoinKind(String name, boolean natural) {}

    /** The words may come in any order: {@code LEFT NATURAL OUTER JOIN}. */
    private @Nullable JoinKind joinKind() {
        if (tokens.acceptSymbol(",")) {
            return new JoinKind("CROSS", false);
        }
        TreeSet<String> words = new TreeSet<>();
        while (tokens.at(Kind.WORD) && words.size() < 4 && tokens.atJoinKind()) {
            if (!words.add(tokens.next().text().toUpperCase(Locale.ROOT))) {
                throw tokens.fault("expected no word twice before JOIN");
            }
        }
        if (words.isEmpty()) {
            return tokens.accept("join") ? new JoinKind("INNER", false) : null;
        }
        boolean natural = words.remove("NATURAL");
        String name = name(words);
        tokens.expect("join");
        return new JoinKind(name, natural);
    }

    private String name(TreeSet<String> words) {
        boolean outer = words.remove("OUTER");
        String rest = String.join(" ", words);
        String name = switch (rest) {
            case "LEFT", "RIGHT", "FULL" -> rest;
            case "LEFT RIGHT", "FULL LEFT", "FULL RIGHT" -> "FULL";
            case "", "INNER" -> outer ? "" : "INNER";
            case "CROSS", "CROSS INNER" -> outer ? "" : "CROSS";
            default -> "";
        };
        if (name.isEmpty()) {
            throw tokens.fault("unknown kind of join");
        }
        return name;
    }

    private FromItem item() {
        if (!tokens.acceptSymbol("(")) {
            return table();
        }
        tokens.enter();
        FromItem item = parenthesized();
        tokens.leave();
        return item;
    }

    private FromItem parenthesized() {
        if (tokens.atQuery()) {
            Query query = queries.query();
            tokens.expectSymbol(")");
            SqlToken close = tokens.last();
            String alias = tokens.tableAlias().orElse(null);
            SubqueryTable subquery = queries.placed(new SubqueryTable(query, alias), close);
            return alias == null ? subquery : queries.aliased(subquery, tokens.last());
        }
        FromItem inside = parse();
        tokens.expectSymbol(")");
        String alias = tokens.tableAlias().orElse(null);
        return alias == null ? inside : queries.aliased(new JoinedTables(inside, alias), tokens.last());
    }

    private TableName table() {
        TableName table = bareTable();
        SqlToken token = queries.token(table);
        String alias = tokens.tableAlias().orElse(null);
        SqlToken last = tokens.last();
        String index = null;
        if (table.arguments() == null) {
            if (tokens.accept("indexed")) {
                tokens.expect("by");
                index = tokens.name();
            } else if (tokens.accept("not")) {
                tokens.expect("indexed");
                index = "";
            }
        }
        TableName whole = new TableName(table.schema(), table.name(), alias, table.arguments(), index);
        queries.placed(whole, token);
        return alias == null ? whole : queries.aliased(whole, last);
    }
}
