package org.sqltune.inference.session;

import java.util.List;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/** Tells SQL from questions among the lines that a user types. */
final class TypedSql {
    private TypedSql() {}

    /** Whether the line is to be run as it is: "With which products …" is a question, {@code WITH recent AS (…)} is SQL. */
    static boolean isSql(String line) {
        List<SqlToken> tokens = SqlScanner.scan(line);
        return isWord(tokens, 0, "select") || (isWord(tokens, 0, "with") && namesQuery(tokens));
    }

    /** Whether the line begins as a sentence does, with one capital letter: perhaps a question after all. */
    static boolean readsLikeSentence(String sql) {
        List<SqlToken> tokens = SqlScanner.scan(sql);
        return tokens.size() > 1
                && tokens.get(0).text().equals("Select")
                && tokens.get(1).text().matches("[a-z].*");
    }

    /** Whether a name, perhaps with columns, and AS follow WITH. */
    private static boolean namesQuery(List<SqlToken> tokens) {
        int name = isWord(tokens, 1, "recursive") && !isWord(tokens, 2, "as") ? 2 : 1;
        if (tokens.size() <= name || !isName(tokens.get(name))) {
            return false;
        }
        int next = name + 1;
        if (next < tokens.size() && tokens.get(next).isSymbol("(")) {
            while (next < tokens.size() && !tokens.get(next).isSymbol(")")) {
                next++;
            }
            next++;
        }
        return isWord(tokens, next, "as");
    }

    private static boolean isName(SqlToken token) {
        return token.kind() == Kind.WORD || token.kind() == Kind.DOUBLE_QUOTED || token.kind() == Kind.QUOTED_NAME;
    }

    private static boolean isWord(List<SqlToken> tokens, int index, String word) {
        return index < tokens.size() && tokens.get(index).isWord(word);
    }
}
