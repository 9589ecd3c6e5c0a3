package org.sqltune.core.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Query.FromItem;
import org.sqltune.core.sql.syntax.Query.Join;
import org.sqltune.core.sql.syntax.Query.SubqueryTable;
import org.sqltune.core.sql.syntax.Query.TableName;

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
        while (true) {
            boolean natural = tokens.accept("natural");
            String kind = joinKind();
            if (kind == null) {
                return left;
            }
            FromItem right = item();
            Expression on = tokens.accept("on") ? expressions.parse() : null;
            List<String> using = on == null && tokens.accept("using") ? usingColumns() : List.of();
            left = new Join(left, right, kind, natural, on, using);
        }
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

    private List<String> usingColumns() {
        tokens.expectSymbol("(");
        return names();
    }

    private @Nullable String joinKind() {
        if (tokens.acceptSymbol(",")) {
            return "CROSS";
        }
        for (String kind : List.of("LEFT", "RIGHT", "FULL")) {
            if (tokens.accept(kind)) {
                tokens.accept("outer");
                tokens.expect("join");
                return kind;
            }
        }
        if (tokens.accept("cross", "join")) {
            return "CROSS";
        }
        return tokens.accept("inner", "join") || tokens.accept("join") ? "INNER" : null;
    }

    private FromItem item() {
        if (!tokens.acceptSymbol("(")) {
            return table();
        }
        if (tokens.atWord("select") || tokens.atWord("with") || tokens.atWord("values")) {
            tokens.enter();
            Query query = queries.query();
            tokens.leave();
            tokens.expectSymbol(")");
            return new SubqueryTable(query, tokens.alias().orElse(null));
        }
        tokens.enter();
        FromItem inside = parse();
        tokens.leave();
        tokens.expectSymbol(")");
        return inside;
    }

    private FromItem table() {
        String name = tokens.name();
        if (tokens.acceptSymbol(".")) {
            // main.table: the database's name says nothing.
            name = tokens.name();
        }
        if (tokens.atSymbol("(")) {
            throw tokens.fault("functions as tables aren't supported");
        }
        return new TableName(name, tokens.alias().orElse(null));
    }
}
