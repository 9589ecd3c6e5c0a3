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
 * Requires that a text is exactly one query. The driver splits a text at semicolons and sends the statements one by
 * one, so the driver's own parser decides where statements end. The check of the first word only gives an early
 * error; the transaction and the login keep a query from writing.
 */
final class OneQuery {
    private static final Set<String> BEGINNINGS = Set.of("select", "with", "values", "table", "(");
    private static final int SHOWN_CHARS = 40;

    private OneQuery() {}

    /**
     * Returns the query in the driver's syntax.
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
        String escaped = withDoubledQuestionMarks(sql);
        List<NativeQuery> statements = Parser.parseJdbcSql(escaped, true, true, true, false, true);
        if (statements.size() > 1) {
            throw new SqlExecutionException(Kind.SEVERAL_STATEMENTS, "a second statement follows the first");
        }
        return escaped;
    }

    /** Doubles question marks outside quotes, which the driver would read as parameters. */
    static String withDoubledQuestionMarks(String sql) {
        StringBuilder escaped = new StringBuilder(sql);
        int added = 0;
        for (SqlToken token : SqlScanner.scan(sql)) {
            if (token.kind() == SqlToken.Kind.PARAMETER && token.text().startsWith("?")) {
                escaped.insert(token.start() + added++, '?');
            }
        }
        return escaped.toString();
    }
}
