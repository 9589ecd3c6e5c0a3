package org.sqltune.data.audit;

import java.util.List;
import java.util.stream.Collectors;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/** Reduces SQL to what two queries must have in common to be called the same, or the same but for their values. */
public final class SqlTemplate {
    private static final String VALUE = "?";

    private SqlTemplate() {}

    /** Returns the query with case, spaces, comments and the kind of quotes made one. */
    public static String same(String sql) {
        return text(sql, false);
    }

    /** Like {@link #same}, with a question mark for every number and every text in quotes. */
    public static String of(String sql) {
        return text(sql, true);
    }

    private static String text(String sql, boolean masked) {
        List<SqlToken> tokens = SqlScanner.scan(sql);
        return tokens.stream()
                .filter(token -> !token.isSymbol(";"))
                .map(token -> masked && isValue(token) ? VALUE : word(token))
                .collect(Collectors.joining(" "));
    }

    /** Double quotes hold a value in most data sets, though the standard has them around names. */
    private static boolean isValue(SqlToken token) {
        return switch (token.kind()) {
            case STRING, DOUBLE_QUOTED, NUMBER, BLOB -> true;
            default -> false;
        };
    }

    private static String word(SqlToken token) {
        boolean text = token.kind() == Kind.STRING || token.kind() == Kind.DOUBLE_QUOTED;
        return text ? '\'' + token.content() + '\'' : token.lowerCase();
    }
}
