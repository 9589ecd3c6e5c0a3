package org.sqltune.postgres.proof;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;

/**
 * Makes sure that a text is one query. The driver takes a text apart at its semicolons and sends the server one statement
 * after the other, so the driver's own reading decides where statements end. That it begins like a query is only looked
 * at to say so early: what keeps a query from writing is the transaction and the login.
 */
final class OneQuery {
    private static final Set<String> BEGINNINGS = Set.of("select", "with", "values", "table", "(");
    private static final int SHOWN_CHARS = 40;

    private OneQuery() {}

    /**
     * Returns the query, as the driver takes it.
     *
     * @throws SqlExecutionException if the text isn't exactly one query
     */
    static String of(String sql) throws SQLException {
        if (sql.indexOf('\0') >= 0) {
            throw new SqlExecutionException(Kind.SYNTAX, "unrecognized token: a NUL character");
        }
        List<SqlToken> tokens = SqlScanner.scan(sql).stream()
                .dropWhile(token -> token.isSymbol(";"))
                .toList();
        if (tokens.isEmpty()) {
            throw new SqlExecutionException(Kind.NOT_A_QUERY, "the SQL is empty");
        }
        if (!BEGINNINGS.contains(tokens.get(0).lowerCase())) {
            String begin = sql.substring(tokens.get(0).start()).strip();
            throw new SqlExecutionException(
                    Kind.NOT_A_QUERY, "not a query: " + begin.substring(0, Math.min(SHOWN_CHARS, begin.length())));
        }
        // The driver reads a question mark as a parameter unless it is doubled.
        String escaped = QuestionMarks.escaped(sql);
        List<NativeQuery> statements = Parser.parseJdbcSql(escaped, true, true, true, false, true);
        if (statements.size() > 1) {
            throw new SqlExecutionException(Kind.SEVERAL_STATEMENTS, "a second statement follows the first");
        }
        return escaped;
    }
}
