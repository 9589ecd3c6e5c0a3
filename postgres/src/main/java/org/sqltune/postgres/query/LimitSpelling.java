package org.sqltune.postgres.query;

import java.util.List;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;

/** Replaces jOOQ's standard {@code OFFSET 2 ROWS FETCH NEXT 1 ROWS ONLY} by the usual {@code LIMIT 1 OFFSET 2}. */
final class LimitSpelling {
    private LimitSpelling() {}

    static String usual(String sql) {
        List<SqlToken> tokens = SqlScanner.scan(sql);
        StringBuilder result = new StringBuilder();
        int copied = 0;
        for (int i = 0; i < tokens.size(); i++) {
            boolean offset = matches(tokens, i, "OFFSET", "#", "ROWS");
            int fetch = offset ? i + 3 : i;
            boolean limit = matches(tokens, fetch, "FETCH", "NEXT", "#", "ROWS", "ONLY");
            if (!offset && !limit) {
                continue;
            }
            int end = limit ? fetch + 5 : fetch;
            result.append(sql, copied, tokens.get(i).start());
            result.append(limit ? "LIMIT " + tokens.get(fetch + 2).text() : "");
            result.append(limit && offset ? " " : "");
            result.append(offset ? "OFFSET " + tokens.get(i + 1).text() : "");
            copied = tokens.get(end - 1).end();
            i = end - 1;
        }
        return result.append(sql.substring(copied)).toString();
    }

    /** Returns whether the tokens match these words; {@code #} stands for a number. */
    private static boolean matches(List<SqlToken> tokens, int from, String... words) {
        if (from + words.length > tokens.size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            SqlToken token = tokens.get(from + i);
            boolean same = words[i].equals("#") ? token.kind() == SqlToken.Kind.NUMBER : token.isWord(words[i]);
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
