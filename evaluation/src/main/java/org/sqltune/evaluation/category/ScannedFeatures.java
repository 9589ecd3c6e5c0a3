package org.sqltune.evaluation.category;

import java.util.List;
import java.util.stream.IntStream;
import org.sqltune.core.sql.SqlScanner;
import org.sqltune.core.sql.SqlToken;

/** Reads a query's features off its tokens. Right for every query but a few odd ones, and never at a loss. */
final class ScannedFeatures {
    private static final List<String> SET_OPERATORS = List.of("union", "intersect", "except", "minus");
    private static final List<String> ENDS_FROM = List.of("where", "group", "having", "order", "limit", "window");

    private final List<SqlToken> tokens;

    private ScannedFeatures(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    static QueryFeatures of(String sql) {
        ScannedFeatures scanned = new ScannedFeatures(SqlScanner.scan(sql));
        return new QueryFeatures(
                scanned.has("where"),
                scanned.has("having") || scanned.hasGroupBy() || scanned.hasAggregate(),
                scanned.has("join") || scanned.hasCommaInFrom(),
                scanned.count("select") > 1 || SET_OPERATORS.stream().anyMatch(scanned::has));
    }

    private long count(String word) {
        return tokens.stream().filter(token -> token.isWord(word)).count();
    }

    private boolean has(String word) {
        return count(word) > 0;
    }

    private boolean hasGroupBy() {
        return IntStream.range(1, tokens.size())
                .anyMatch(
                        i -> tokens.get(i - 1).isWord("group") && tokens.get(i).isWord("by"));
    }

    private boolean hasAggregate() {
        return IntStream.range(1, tokens.size())
                .anyMatch(i -> tokens.get(i).isSymbol("(")
                        && Aggregates.isAggregate(tokens.get(i - 1).text(), arguments(i)));
    }

    /** Arguments in the parenthesis that opens there, at least 1. */
    private int arguments(int open) {
        int depth = 0;
        int arguments = 1;
        for (SqlToken token : tokens.subList(open, tokens.size())) {
            depth += depthChange(token);
            if (depth == 0) {
                break;
            }
            if (depth == 1 && token.isSymbol(",")) {
                arguments++;
            }
        }
        return arguments;
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
