package org.sqltune.data.audit;

import java.util.List;
import java.util.stream.Collectors;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/** Normalises SQL for comparison, with or without its values. */
public final class SqlTemplate {
    private static final String VALUE = "?";

    private SqlTemplate() {}

    /** Returns the query with uniform case, spaces and quotes, without comments. */
    public static String same(String sql) {
        return text(sql, false);
    }

    /** Returns the query like {@link #same}, with a question mark for every number and every text in quotes. */
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

    /**
     * Returns whether the token is a value. Most data sets put values in double quotes, although the standard
     * reserves them for names.
     */
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
