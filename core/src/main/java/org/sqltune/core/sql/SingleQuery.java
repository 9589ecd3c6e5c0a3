package org.sqltune.core.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;

/**
 * Makes sure that a text is one query. SQLite's driver runs the first statement and ignores the rest without a word, and
 * runs statements of its own ({@code backup to FILE}), so both are settled before it sees the text.
 */
final class SingleQuery {
    private static final List<String> FIRST_WORDS = List.of("SELECT", "WITH", "VALUES");

    /** Of the functions that the driver adds to SQLite, those that allocate before they look at any limit. */
    private static final Set<String> UNBOUNDED_FUNCTIONS = Set.of("replicate", "padl", "padr", "padc");

    private static final int SHOWN_CHARS = 40;

    private SingleQuery() {}

    /**
     * The query alone: without leading or closing semicolons, and without comments around it.
     *
     * @throws SqlExecutionException if the text isn't exactly one query
     */
    static String of(String sql) {
        if (sql.indexOf('\0') >= 0) {
            throw new SqlExecutionException(Kind.SYNTAX, "unrecognized token: a NUL character");
        }
        List<SqlToken> tokens = SqlScanner.scan(sql);
        int first = firstFrom(tokens, 0, false);
        if (first == tokens.size()) {
            throw new SqlExecutionException(Kind.NOT_A_QUERY, "the SQL is empty");
        }
        if (!begins(tokens.get(first))) {
            String begin = sql.substring(tokens.get(first).start()).strip();
            throw new SqlExecutionException(
                    Kind.NOT_A_QUERY, "not a query: " + begin.substring(0, Math.min(SHOWN_CHARS, begin.length())));
        }
        int semicolon = firstFrom(tokens, first, true);
        int next = firstFrom(tokens, semicolon, false);
        if (next < tokens.size()) {
            throw new SqlExecutionException(
                    Kind.SEVERAL_STATEMENTS,
                    "a second statement follows the first, at "
                            + tokens.get(next).text());
        }
        refuseUnboundedFunctions(tokens);
        return sql.substring(
                tokens.get(first).start(), tokens.get(semicolon - 1).end());
    }

    private static boolean begins(SqlToken token) {
        for (String word : FIRST_WORDS) {
            if (token.isWord(word)) {
                return true;
            }
        }
        return false;
    }

    private static void refuseUnboundedFunctions(List<SqlToken> tokens) {
        for (int i = 1; i < tokens.size(); i++) {
            String name = tokens.get(i - 1).content().toLowerCase(Locale.ROOT);
            if (tokens.get(i).isSymbol("(") && UNBOUNDED_FUNCTIONS.contains(name)) {
                // What SQLite without the driver's additions says.
                throw new SqlExecutionException(Kind.INVALID, "no such function: " + name);
            }
        }
    }

    /** The first token from there on that is, or isn't, a semicolon; the number of tokens if there is none. */
    private static int firstFrom(List<SqlToken> tokens, int from, boolean semicolon) {
        int at = from;
        while (at < tokens.size() && tokens.get(at).isSymbol(";") != semicolon) {
            at++;
        }
        return at;
    }
}
