package org.sqltune.evaluation;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;

/**
 * Sorts queries into kinds by the tokens they contain. A syntax tree says the same, where the query can be parsed; tokens
 * say it of broken SQL and of any dialect too.
 */
public final class QueryCategorizer {
    private static final Set<String> AGGREGATES = Set.of(
            "count",
            "sum",
            "avg",
            "min",
            "max",
            "total",
            "group_concat",
            "string_agg",
            "array_agg",
            "median",
            "mode",
            "stdev",
            "stddev",
            "stddev_pop",
            "stddev_samp",
            "variance",
            "var_pop",
            "var_samp",
            "percentile_cont",
            "percentile_disc",
            "json_group_array",
            "json_group_object",
            "bool_and",
            "bool_or");
    /** SQLite's {@code max(a, b)} is the larger of two values, not an aggregate. */
    private static final Set<String> SCALAR_OF_SEVERAL = Set.of("min", "max");

    private static final List<String> SET_OPERATORS = List.of("union", "intersect", "except");
    private static final List<String> ENDS_FROM = List.of("where", "group", "having", "order", "limit", "window");

    private final List<SqlToken> tokens;

    private QueryCategorizer(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    /**
     * The last kind that fits.
     *
     * @param sql any text
     */
    public static QueryCategory categorize(String sql) {
        QueryCategorizer query = new QueryCategorizer(SqlScanner.scan(sql));
        if (query.isNested()) {
            return QueryCategory.NESTED;
        }
        if (query.has("join") || query.hasCommaInFrom()) {
            return QueryCategory.JOIN;
        }
        if (query.isAggregated()) {
            return QueryCategory.AGGREGATION;
        }
        return query.has("where") ? QueryCategory.FILTER : QueryCategory.SIMPLE;
    }

    private boolean isNested() {
        return count("select") > 1 || SET_OPERATORS.stream().anyMatch(this::has);
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
        String name = tokens.get(parenthesis - 1).lowerCase();
        return tokens.get(parenthesis).isSymbol("(")
                && AGGREGATES.contains(name)
                && !(SCALAR_OF_SEVERAL.contains(name) && hasSeveralArguments(parenthesis));
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
        if (token.isSymbol("(")) {
            return 1;
        }
        return token.isSymbol(")") ? -1 : 0;
    }
}
