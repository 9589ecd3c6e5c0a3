package org.sqltune.evaluation.outline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sqltune.core.sql.syntax.SqlToken;

/** The tables of a FROM clause and their join conditions. */
final class FromClause {
    private static final Set<String> KINDS = Set.of("left", "right", "full", "cross", "natural");
    private static final Set<String> JOIN_WORDS = Set.of("inner", "outer", "join");
    private static final Set<String> ENDS_CONDITION =
            Set.of("join", "inner", "left", "right", "full", "cross", "natural", "outer");

    private final OutlineParser parser;
    private final OutlineScope scope;
    private final List<String> tables = new ArrayList<>();
    private final List<List<SqlToken>> conditions = new ArrayList<>();
    private final List<String> joins = new ArrayList<>();

    FromClause(OutlineParser parser, OutlineScope scope) {
        this.parser = parser;
        this.scope = scope;
    }

    /** Reads the clause; writes the conditions once all tables are known. */
    void read(List<SqlToken> tokens) {
        readTables(tokens);
        ExpressionWriter writer = new ExpressionWriter(parser, scope);
        conditions.forEach(condition -> joins.addAll(writer.conditions(condition)));
    }

    private void readTables(List<SqlToken> tokens) {
        int i = 0;
        while (i < tokens.size()) {
            SqlToken token = tokens.get(i);
            String word = token.lowerCase();
            if (token.isSymbol(",") || JOIN_WORDS.contains(word)) {
                i++;
            } else if (KINDS.contains(word)) {
                joins.add(word + " join");
                i++;
            } else if (token.isWord("on") || token.isWord("using")) {
                i = readCondition(tokens, i + 1);
            } else if (token.isSymbol("(")) {
                i = readParenthesis(tokens, i);
            } else {
                i = readTable(tokens, i);
            }
        }
    }

    private int readCondition(List<SqlToken> tokens, int start) {
        int end = start;
        while (end < tokens.size()
                && !tokens.get(end).isSymbol(",")
                && !ENDS_CONDITION.contains(tokens.get(end).lowerCase())) {
            end = tokens.get(end).isSymbol("(")
                    ? Math.min(tokens.size(), TokenLists.closing(tokens, end) + 1)
                    : end + 1;
        }
        conditions.add(tokens.subList(start, end));
        return end;
    }

    private int readParenthesis(List<SqlToken> tokens, int open) {
        int end = TokenLists.closing(tokens, open);
        List<SqlToken> inside = tokens.subList(open + 1, end);
        if (!TokenLists.isWord(inside, 0, "select") && !TokenLists.isWord(inside, 0, "with")) {
            readTables(inside);
            return end + 1;
        }
        tables.add("( " + parser.inner(inside, scope).canonical() + " )");
        Named alias = alias(tokens, end + 1);
        scope.addTable("", alias.name());
        return alias.next();
    }

    private int readTable(List<SqlToken> tokens, int index) {
        Optional<String> name = TokenLists.name(tokens.get(index));
        if (name.isEmpty()) {
            return index + 1;
        }
        Named alias = alias(tokens, index + 1);
        tables.add(name.get());
        scope.addTable(name.get(), alias.name());
        return alias.next();
    }

    /** Returns the alias at this index, and the index of the token after it. */
    private static Named alias(List<SqlToken> tokens, int index) {
        int at = TokenLists.isWord(tokens, index, "as") ? index + 1 : index;
        if (at >= tokens.size()) {
            return new Named("", at);
        }
        SqlToken token = tokens.get(at);
        boolean isKeyword = token.isWord("on") || token.isWord("using") || ENDS_CONDITION.contains(token.lowerCase());
        Optional<String> name = isKeyword ? Optional.empty() : TokenLists.name(token);
        return name.map(alias -> new Named(alias, at + 1)).orElse(new Named("", at));
    }

    List<String> tables() {
        return tables;
    }

    List<String> joins() {
        return joins;
    }

    private record Named(String name, int next) {}
}
