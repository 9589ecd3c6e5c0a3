package org.sqltune.core.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.StatementKind;
import org.sqltune.core.sql.syntax.Statements;

/**
 * Checks that a text is exactly one query, before SQLite's driver sees it. The driver would execute the first statement
 * and silently ignore the rest, and would execute statements of its own ({@code backup to FILE}).
 */
final class SingleQuery {
    /** Functions that the driver adds to SQLite and that allocate memory before they check any limit. */
    private static final Set<String> UNBOUNDED_FUNCTIONS = Set.of("replicate", "padl", "padr", "padc");

    private static final int SHOWN_CHARS = 40;

    private SingleQuery() {}

    /**
     * Returns the query without semicolons and comments before and after it.
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
                // The message of SQLite without the driver's additions.
                throw new SqlExecutionException(Kind.INVALID, "no such function: " + name);
            }
        }
    }
}
