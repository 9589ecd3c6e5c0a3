package org.sqltune.evaluation.outline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;

/** Parses queries into outlines. Never throws: the outline of a text that isn't SQL is empty or meaningless. */
public final class OutlineParser {
    private static final Set<String> SET_OPERATORS = Set.of("union", "intersect", "except");
    private static final Set<String> CLAUSES =
            Set.of("from", "where", "group", "having", "order", "limit", "window", "offset");

    private int subqueries;

    private OutlineParser() {}

    /**
     * Returns a query's outline.
     *
     * @param sql any text
     * @param schema resolves columns without qualifier; null if it isn't known
     */
    public static SqlOutline parse(String sql, @Nullable Schema schema) {
        List<SqlToken> tokens = new ArrayList<>(SqlScanner.scan(sql));
        while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).isSymbol(";")) {
            tokens.remove(tokens.size() - 1);
        }
        return new OutlineParser().query(tokens, new OutlineScope(schema, null));
    }

    /** Returns the outline of a subquery. */
    SqlOutline inner(List<SqlToken> tokens, OutlineScope around) {
        subqueries++;
        return query(tokens, around.inner());
    }

    private SqlOutline query(List<SqlToken> all, OutlineScope scope) {
        int before = subqueries;
        List<String> setOperations = new ArrayList<>();
        int begin = Math.max(0, TokenLists.find(all, 0, Set.of("select")));
        int operator = TokenLists.find(all, begin, SET_OPERATORS);
        List<SqlToken> first = operator < 0 ? all.subList(begin, all.size()) : all.subList(begin, operator);
        if (begin > 0) {
            setOperations.add(new ExpressionWriter(this, scope).write(all.subList(0, begin)));
        }
        if (operator >= 0) {
            int next = operator + (TokenLists.isWord(all, operator + 1, "all") ? 2 : 1);
            OutlineScope own = new OutlineScope(scope.schema(), scope.outer());
            setOperations.add(words(all.subList(operator, next)) + " "
                    + query(all.subList(next, all.size()), own).canonical());
        }
        return core(first, scope, setOperations, before);
    }

    private SqlOutline core(List<SqlToken> tokens, OutlineScope scope, List<String> setOperations, int before) {
        FromClause from = new FromClause(this, scope);
        from.read(clause(tokens, "from"));
        ExpressionWriter writer = new ExpressionWriter(this, scope);
        List<SqlToken> selected = head(tokens);
        boolean distinct = TokenLists.isWord(selected, 0, "distinct");
        List<String> select = new ArrayList<>();
        for (List<SqlToken> item : TokenLists.atCommas(distinct ? selected.subList(1, selected.size()) : selected)) {
            select.add(selectItem(item, writer, scope));
        }
        List<String> having = writer.conditions(clause(tokens, "having"));
        List<String> orderBy = new ArrayList<>();
        TokenLists.atCommas(clause(tokens, "order")).forEach(item -> orderBy.add(ordering(writer.write(item))));
        return new SqlOutline(
                distinct,
                sorted(select),
                sorted(select.stream().map(SelectColumns::of).toList()),
                aggregates(select, having, orderBy),
                sorted(from.tables()),
                sorted(from.joins()),
                writer.conditions(clause(tokens, "where")),
                sorted(TokenLists.atCommas(clause(tokens, "group")).stream()
                        .map(writer::write)
                        .toList()),
                having,
                orderBy,
                (writer.write(clause(tokens, "limit")) + " " + writer.write(clause(tokens, "offset"))).strip(),
                setOperations,
                subqueries - before);
    }

    private static String selectItem(List<SqlToken> item, ExpressionWriter writer, OutlineScope scope) {
        int as = item.size() - 2;
        if (as > 0 && item.get(as).isWord("as")) {
            String meaning = writer.write(item.subList(0, as));
            TokenLists.name(item.get(as + 1)).ifPresent(alias -> scope.addAlias(alias, meaning));
            return meaning;
        }
        return writer.write(item);
    }

    /** Returns the select list: the tokens between SELECT and the first clause. */
    private static List<SqlToken> head(List<SqlToken> tokens) {
        if (!TokenLists.isWord(tokens, 0, "select")) {
            return List.of();
        }
        int end = TokenLists.find(tokens, 1, CLAUSES);
        return tokens.subList(1, end < 0 ? tokens.size() : end);
    }

    /** Returns the tokens between a clause's keyword (and BY) and the next clause; empty if there is no such clause. */
    private static List<SqlToken> clause(List<SqlToken> tokens, String word) {
        int start = TokenLists.find(tokens, 0, Set.of(word));
        if (start < 0) {
            return List.of();
        }
        int content = TokenLists.isWord(tokens, start + 1, "by") ? start + 2 : start + 1;
        int end = TokenLists.find(tokens, content, CLAUSES);
        return tokens.subList(Math.min(content, tokens.size()), end < 0 ? tokens.size() : end);
    }

    private static List<String> aggregates(List<String> select, List<String> having, List<String> orderBy) {
        List<String> found = new ArrayList<>();
        for (List<String> clause : List.of(select, having, orderBy)) {
            clause.forEach(item -> found.addAll(SelectColumns.aggregates(item)));
        }
        return sorted(found);
    }

    /** Leaves ASC out, since it is the default. */
    private static String ordering(String item) {
        return item.endsWith(" asc") ? item.substring(0, item.length() - " asc".length()) : item;
    }

    private static String words(List<SqlToken> tokens) {
        return String.join(" ", tokens.stream().map(SqlToken::lowerCase).toList());
    }

    private static List<String> sorted(List<String> items) {
        return items.stream().sorted().toList();
    }
}
