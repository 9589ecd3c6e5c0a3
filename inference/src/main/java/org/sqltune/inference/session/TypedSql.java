package org.sqltune.inference.session;

import java.util.List;
import java.util.Set;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/** Tells SQL from questions among the lines that a user types. */
final class TypedSql {
    /** What is made and dropped. */
    private static final Set<String> MADE =
            Set.of("table", "view", "index", "trigger", "database", "schema", "role", "user");

    private static final Set<String> BEFORE_MADE = Set.of("temp", "temporary", "unique", "virtual", "materialized");

    private TypedSql() {}

    /** Whether the line is to be run as it is: "With which products …" is a question, {@code WITH recent AS (…)} is SQL. */
    static boolean isSql(String line) {
        List<SqlToken> tokens = SqlScanner.scan(line);
        return isWord(tokens, 0, "select") || (isWord(tokens, 0, "with") && namesQuery(tokens));
    }

    /**
     * Whether the line is a statement that would change something: "Update me on sales" is a question, {@code UPDATE sales SET
     * …} is SQL.
     */
    static boolean isWriting(String line) {
        List<SqlToken> tokens = SqlScanner.scan(line);
        if (tokens.isEmpty()) {
            return false;
        }
        return switch (tokens.get(0).lowerCase()) {
            case "insert", "replace" -> isWord(tokens, 1, "into") || isWord(tokens, 1, "or");
            case "delete" -> isWord(tokens, 1, "from");
            case "update" -> isWord(tokens, 2, "set") || (isWord(tokens, 4, "set") && isUpdateOf(tokens));
            case "create", "drop", "alter", "truncate" ->
                MADE.contains(word(tokens, BEFORE_MADE.contains(word(tokens, 1)) ? 2 : 1));
            case "vacuum", "commit", "rollback", "reindex" ->
                tokens.size() == 1 || tokens.get(1).isSymbol(";");
            case "attach", "detach" -> isWord(tokens, 1, "database") || tokens.size() == 4;
            case "pragma" -> tokens.size() > 1;
            default -> false;
        };
    }

    /** {@code UPDATE OR IGNORE t SET}, {@code UPDATE main.t SET}. */
    private static boolean isUpdateOf(List<SqlToken> tokens) {
        return isWord(tokens, 1, "or") || tokens.get(2).isSymbol(".");
    }

    private static String word(List<SqlToken> tokens, int index) {
        return index < tokens.size() ? tokens.get(index).lowerCase() : "";
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
