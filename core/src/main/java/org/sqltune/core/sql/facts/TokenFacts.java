package org.sqltune.core.sql.facts;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.sql.hardness.QueryHardness;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.SqlToken.Kind;
import org.sqltune.core.sql.syntax.StatementKind;

/** The facts of a text that has no tree, by the words that it contains. */
final class TokenFacts {
    private static final List<String> SET_OPERATORS = List.of("union", "intersect", "except");
    private static final List<String> ENDS_FROM = List.of("where", "group", "having", "order", "limit", "window");

    private final List<SqlToken> tokens;

    private TokenFacts(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    static QueryFacts of(String sql) {
        TokenFacts facts = new TokenFacts(SqlScanner.scan(sql));
        return new QueryFacts(
                StatementKind.of(facts.tokens),
                false,
                facts.category(),
                QueryHardness.of(sql),
                facts.isOrdered(),
                Set.of(),
                Set.of(),
                facts.literals());
    }

    private QueryCategory category() {
        if (count("select") > 1 || SET_OPERATORS.stream().anyMatch(this::has)) {
            return QueryCategory.NESTED;
        }
        if (has("join") || hasCommaInFrom()) {
            return QueryCategory.JOIN;
        }
        if (isAggregated()) {
            return QueryCategory.AGGREGATION;
        }
        return has("where") ? QueryCategory.FILTER : QueryCategory.SIMPLE;
    }

    /** Whether there is an ORDER BY outside all parentheses: one inside a subquery or a window orders nothing outside. */
    private boolean isOrdered() {
        int depth = 0;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            depth += depthChange(tokens.get(i));
            if (depth == 0 && tokens.get(i).isWord("order") && tokens.get(i + 1).isWord("by")) {
                return true;
            }
        }
        return false;
    }

    private List<SqlToken> literals() {
        return tokens.stream()
                .filter(token ->
                        token.kind() == Kind.STRING || token.kind() == Kind.NUMBER || token.kind() == Kind.BLOB)
                .toList();
    }

    private boolean isAggregated() {
        return has("having") || IntStream.range(1, tokens.size()).anyMatch(i -> isGroupBy(i) || isAggregateCall(i));
    }

    private long count(String word) {
        return tokens.stream().filter(token -> token.isWord(word)).count();
    }

    private boolean has(String word) {
        return count(word) > 0;
    }

    private boolean isGroupBy(int by) {
        return tokens.get(by - 1).isWord("group") && tokens.get(by).isWord("by");
    }

    private boolean isAggregateCall(int parenthesis) {
        return tokens.get(parenthesis).isSymbol("(")
                && AggregateNames.isAggregate(
                        tokens.get(parenthesis - 1).text(), hasSeveralArguments(parenthesis) ? 2 : 1);
    }

    private boolean hasSeveralArguments(int parenthesis) {
        int depth = 0;
        for (SqlToken token : tokens.subList(parenthesis, tokens.size())) {
            depth += depthChange(token);
            if (depth == 0) {
                return false;
            }
            if (depth == 1 && token.isSymbol(",")) {
                return true;
            }
        }
        return false;
    }

    private boolean hasCommaInFrom() {
        int depth = 0;
        int fromDepth = -1;
        for (SqlToken token : tokens) {
            depth += depthChange(token);
            if (token.isWord("from")) {
                fromDepth = depth;
            } else if (depth < fromDepth || ENDS_FROM.stream().anyMatch(token::isWord)) {
                fromDepth = -1;
            } else if (depth == fromDepth && token.isSymbol(",")) {
                return true;
            }
        }
        return false;
    }

    private static int depthChange(SqlToken token) {
        return token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
    }
}
