package org.sqltune.evaluation.metric;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/** Finds the tables of a text that can't be parsed. A qualifier means the innermost table of that name. */
final class TokenTableNames implements TableNames {
    private static final Set<String> ENDS_FROM =
            Set.of("where", "group", "having", "order", "limit", "union", "intersect", "except", "window", "select");
    private static final Set<String> SET_OPERATORS = Set.of("union", "intersect", "except");
    /** Words that may follow a table and aren't its alias. */
    private static final Set<String> NO_ALIAS = Set.of(
            "as",
            "on",
            "using",
            "join",
            "inner",
            "left",
            "right",
            "full",
            "outer",
            "cross",
            "natural",
            "indexed",
            "not",
            "where",
            "group",
            "having",
            "order",
            "limit",
            "union",
            "intersect",
            "except",
            "window",
            "set");

    private final List<SqlToken> tokens;
    private final Query[] queryOf;
    private final boolean[] alias;
    private int tables;

    private TokenTableNames(List<SqlToken> tokens) {
        this.tokens = tokens;
        this.queryOf = new Query[tokens.size()];
        this.alias = new boolean[tokens.size()];
    }

    /** Returns the tables of a query. */
    static TableNames of(List<SqlToken> tokens) {
        TokenTableNames names = new TokenTableNames(tokens);
        names.read();
        return names;
    }

    @Override
    public boolean isAlias(int index) {
        return alias[index];
    }

    @Override
    public Optional<String> qualifier(int index) {
        boolean qualifies = isName(index) && isSymbol(index + 1, ".");
        for (Query query = queryOf[index]; qualifies && query != null; query = query.outer) {
            Integer number = query.numbers.get(TableNames.folded(tokens.get(index)));
            if (number != null) {
                return Optional.of("t" + number);
            }
        }
        return Optional.empty();
    }

    private void read() {
        Deque<Query> open = new ArrayDeque<>();
        Query query = new Query(null);
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            queryOf[i] = query;
            if (token.isSymbol("(")) {
                open.push(query);
                query = opensTables(query, i) ? query : new Query(query);
            } else if (token.isSymbol(")") && !open.isEmpty()) {
                Query inside = query;
                query = open.pop();
                if (inside != query && query.awaitsTable) {
                    nameTable(query, i, "");
                }
            } else if (token.kind() == Kind.WORD && SET_OPERATORS.contains(token.lowerCase())) {
                query = new Query(query.outer);
            } else {
                readInside(query, i);
            }
        }
    }

    /**
     * Returns whether the parenthesis groups joined tables, as in {@code FROM (a JOIN b)}, rather than a subquery or
     * an expression.
     */
    private boolean opensTables(Query query, int parenthesis) {
        boolean subquery = isWord(parenthesis + 1, "select") || isWord(parenthesis + 1, "with");
        return query.awaitsTable && !subquery;
    }

    private void readInside(Query query, int index) {
        SqlToken token = tokens.get(index);
        if (token.isWord("from")) {
            query.inFrom = true;
            query.awaitsTable = true;
        } else if (token.kind() == Kind.WORD && ENDS_FROM.contains(token.lowerCase())) {
            query.inFrom = false;
            query.awaitsTable = false;
        } else if (query.inFrom && (token.isWord("join") || token.isSymbol(","))) {
            query.awaitsTable = true;
        } else if (query.awaitsTable && isName(index) && !isSymbol(index + 1, ".")) {
            nameTable(query, index, TableNames.folded(token));
        }
    }

    /** Registers the table that ends at this token, under its alias if one follows, else under its name. */
    private void nameTable(Query query, int end, String name) {
        int next = isWord(end + 1, "as") ? end + 2 : end + 1;
        boolean hasAlias = isName(next) && !NO_ALIAS.contains(tokens.get(next).lowerCase());
        tables++;
        query.numbers.put(hasAlias ? TableNames.folded(tokens.get(next)) : name, tables);
        query.awaitsTable = false;
        if (hasAlias) {
            alias[next] = true;
        }
    }

    private boolean isName(int index) {
        if (index >= tokens.size()) {
            return false;
        }
        Kind kind = tokens.get(index).kind();
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME || kind == Kind.DOUBLE_QUOTED;
    }

    private boolean isWord(int index, String word) {
        return index < tokens.size() && tokens.get(index).isWord(word);
    }

    private boolean isSymbol(int index, String symbol) {
        return index < tokens.size() && tokens.get(index).isSymbol(symbol);
    }

    /**
     * One SELECT with the tables of its FROM clause, or another expression in parentheses, which has no FROM clause.
     */
    private static final class Query {
        private final @Nullable Query outer;
        private final Map<String, Integer> numbers = new HashMap<>();
        private boolean inFrom;
        private boolean awaitsTable;

        Query(@Nullable Query outer) {
            this.outer = outer;
        }
    }
}
