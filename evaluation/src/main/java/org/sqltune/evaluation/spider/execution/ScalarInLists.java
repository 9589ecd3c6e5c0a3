package org.sqltune.evaluation.spider.execution;

import java.util.List;
import java.util.Set;
import org.sqltune.core.sql.syntax.SqlToken;

/**
 * Handles {@code x IN ((SELECT …))}: SQLite 3.40, the version behind the reference results, reads a list of one
 * value, the subquery's first; versions after 3.46 read all its rows. A unary plus, which changes no value, makes it
 * a list again.
 */
final class ScalarInLists {
    private static final Set<String> QUERY_WORDS = Set.of("select", "with", "values");

    private ScalarInLists() {}

    /** Returns the query with the plus signs inserted. */
    static String keep(String sql, List<SqlToken> tokens) {
        StringBuilder kept = new StringBuilder(sql);
        for (int i = tokens.size() - 3; i >= 0; i--) {
            if (tokens.get(i).isWord("in") && isQueryInTwoPairs(tokens, i + 1)) {
                kept.insert(tokens.get(i + 2).start(), '+');
            }
        }
        return kept.toString();
    }

    /** Returns whether a query follows the opening parentheses, and the two closing ones are adjacent. */
    private static boolean isQueryInTwoPairs(List<SqlToken> tokens, int open) {
        int inside = open;
        while (inside < tokens.size() && tokens.get(inside).isSymbol("(")) {
            inside++;
        }
        if (inside - open < 2
                || inside == tokens.size()
                || !QUERY_WORDS.contains(tokens.get(inside).lowerCase())) {
            return false;
        }
        int close = closing(tokens, open + 1);
        return close + 1 < tokens.size() && tokens.get(close + 1).isSymbol(")");
    }

    /** Returns the index of the parenthesis that closes this one, or the list's size. */
    private static int closing(List<SqlToken> tokens, int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : 0;
            depth -= tokens.get(i).isSymbol(")") ? 1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return tokens.size();
    }
}
