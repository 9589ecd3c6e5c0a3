package org.sqltune.core.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;

/**
 * A CREATE statement of SQLite as it was typed. The pragmas don't tell how a column is computed, what a view reads or which
 * module a virtual table has; the statement does.
 */
public final class DeclarationText {
    private final List<SqlToken> tokens;

    /** @param statement as {@code sqlite_master.sql} has it */
    DeclarationText(String statement) {
        this.tokens = SqlScanner.scan(statement);
    }

    /** SQL on one line, without comments; what stands in quotes stays. */
    public static String oneLine(String sql) {
        DeclarationText text = new DeclarationText(sql);
        return text.between(0, text.tokens.size());
    }

    /** A CREATE TABLE's expressions in parentheses of its generated columns, by the column's name in lower case. */
    Map<String, String> generatedColumns() {
        Map<String, String> expressions = new HashMap<>();
        int depth = 0;
        String column = "";
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            boolean opens = token.isSymbol("(");
            if (depth == 1 && (tokens.get(i - 1).isSymbol(",") || column.isEmpty())) {
                column = token.content().toLowerCase(Locale.ROOT);
            }
            if (depth == 1 && opens && tokens.get(i - 1).isWord("as")) {
                expressions.putIfAbsent(column, between(i, closing(i) + 1));
            }
            depth += opens ? 1 : token.isSymbol(")") ? -1 : 0;
        }
        return expressions;
    }

    /** A CREATE VIEW's query. */
    String viewQuery() {
        return behind("as");
    }

    /** A CREATE VIRTUAL TABLE's module with its arguments. */
    String module() {
        return behind("using");
    }

    /** What follows the first such word that stands in no parentheses. */
    private String behind(String word) {
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (depth == 0 && token.isWord(word)) {
                int end = tokens.get(tokens.size() - 1).isSymbol(";") ? tokens.size() - 1 : tokens.size();
                return between(i + 1, end);
            }
        }
        return "";
    }

    /** The token that closes the parenthesis at {@code open}; the last one if none does. */
    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).isSymbol("(") ? 1 : tokens.get(i).isSymbol(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return tokens.size() - 1;
    }

    /** Tokens apart where they were apart. */
    private String between(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            if (i > from && tokens.get(i).start() > tokens.get(i - 1).end()) {
                text.append(' ');
            }
            text.append(tokens.get(i).text());
        }
        return text.toString();
    }
}
