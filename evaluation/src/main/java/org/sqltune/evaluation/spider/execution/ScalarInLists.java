package org.sqltune.evaluation.spider.execution;

import java.util.List;
import java.util.Set;
import org.sqltune.core.sql.syntax.SqlToken;

/**
 * {@code x IN ((SELECT …))}: to SQLite 3.40 (the version behind the reference results) a list of one value, the subquery's
 * first; to the versions after 3.46 all its rows. A plus sign, which changes no value, makes it a list again.
 */
final class ScalarInLists {
    private static final Set<String> QUERY_WORDS = Set.of("select", "with", "values");

    private ScalarInLists() {}

    /** The query as later versions must read it. */
    static String keep(String sql, List<SqlToken> tokens) {
        StringBuilder kept = new StringBuilder(sql);
        for (int i = tokens.size() - 3; i >= 0; i--) {
            if (tokens.get(i).isWord("in") && isQueryInTwoPairs(tokens, i + 1)) {
                kept.insert(tokens.get(i + 2).start(), '+');
            }
        }
        return kept.toString();
    }

    /** Whether a query follows the opening parentheses, and nothing else stands between the two closing ones. */
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

    /** The place of the parenthesis that closes this one, or the end. */
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
