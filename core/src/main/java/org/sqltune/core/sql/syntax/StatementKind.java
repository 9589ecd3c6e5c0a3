package org.sqltune.core.sql.syntax;

import java.util.List;

/** What a statement is, by its first word. */
public enum StatementKind {
    /** {@code SELECT …}. */
    SELECT,
    /** {@code WITH … SELECT …}. */
    WITH,
    /** {@code VALUES (…)}. */
    VALUES,
    /** Another statement, such as {@code DELETE}, or no SQL at all. */
    NOT_A_QUERY,
    /** Nothing but white space, comments and semicolons. */
    EMPTY;

    /** The kind of any text; semicolons in front of it say nothing. */
    public static StatementKind of(String sql) {
        return of(SqlScanner.scan(sql));
    }

    /** The kind of a text by its tokens. */
    public static StatementKind of(List<SqlToken> tokens) {
        SqlToken first = tokens.stream()
                .filter(token -> !token.isSymbol(";"))
                .findFirst()
                .orElse(null);
        if (first == null) {
            return EMPTY;
        }
        for (StatementKind kind : List.of(SELECT, WITH, VALUES)) {
            if (first.isWord(kind.name())) {
                return kind;
            }
        }
        return NOT_A_QUERY;
    }

    /** Whether it returns rows. */
    public boolean isQuery() {
        return this == SELECT || this == WITH || this == VALUES;
    }
}
