package org.sqltune.core.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.StatementKind;
import org.sqltune.core.sql.syntax.Statements;

/**
 * Makes sure that a text is one query. SQLite's driver runs the first statement and ignores the rest without a word, and
 * runs statements of its own ({@code backup to FILE}), so both are settled before it sees the text.
 */
final class SingleQuery {
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
        List<List<SqlToken>> statements = Statements.of(sql);
        if (statements.isEmpty()) {
            throw new SqlExecutionException(Kind.NOT_A_QUERY, "the SQL is empty");
        }
        List<SqlToken> tokens = statements.get(0);
        if (!StatementKind.of(tokens).isQuery()) {
            String begin = sql.substring(tokens.get(0).start()).strip();
            throw new SqlExecutionException(
                    Kind.NOT_A_QUERY, "not a query: " + begin.substring(0, Math.min(SHOWN_CHARS, begin.length())));
        }
        if (statements.size() > 1) {
            throw new SqlExecutionException(
                    Kind.SEVERAL_STATEMENTS,
                    "a second statement follows the first, at "
                            + statements.get(1).get(0).text());
        }
        refuseUnboundedFunctions(tokens);
        return sql.substring(
                tokens.get(0).start(), tokens.get(tokens.size() - 1).end());
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
}
