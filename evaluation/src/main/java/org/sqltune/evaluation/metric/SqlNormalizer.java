package org.sqltune.evaluation.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sqltune.core.sql.syntax.SqlScanner;
import org.sqltune.core.sql.syntax.SqlToken;

/**
 * Normalises the spelling of a query.
 *
 * <ul>
 * <li>Comments and closing semicolons are left out; one space stands between any two tokens.
 * <li>Keywords and identifiers are in lower case; identifiers in backticks or square brackets lose them.
 * <li>Text in single or double quotes gets single quotes and keeps its case: data sets write literals either way. So
 * an identifier in double quotes counts as text and differs from the bare identifier.
 * <li>{@code <>} becomes {@code !=}, {@code ==} becomes {@code =}, and an operator that a tokenised data set split
 * ({@code > =}) is joined.
 * <li>{@code AS} is left out everywhere.
 * <li>A table's alias is left out, and {@code T1.name}, {@code s.name} and {@code singer.name} all become {@code
 * t1.name}, by the table's place in the query: see {@link TableNames}.
 * </ul>
 *
 * <p>Numbers stay as written: {@code 1} differs from {@code 1.0}.
 */
public final class SqlNormalizer {
    private static final Map<String, String> SAME_OPERATOR = Map.of("<>", "!=", "==", "=");

    private SqlNormalizer() {}

    /** Returns the normalised query. It serves comparison only and may not run. */
    public static String normalise(String sql) {
        return normalise(sql, scan(sql));
    }

    /** Like {@link #normalise(String)}, for a query that was already {@link #scan scanned}. */
    static String normalise(String sql, List<SqlToken> tokens) {
        TableNames names = TableNames.of(sql, tokens);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            if (token.isWord("as") || names.isAlias(i)) {
                continue;
            }
            String word = names.qualifier(i).orElseGet(() -> normalised(token));
            if (completesOperator(words, word)) {
                words.add(words.remove(words.size() - 1) + word);
            } else {
                words.add(word);
            }
        }
        return String.join(" ", words);
    }

    /** Returns all tokens except closing semicolons. */
    static List<SqlToken> scan(String sql) {
        List<SqlToken> tokens = SqlScanner.scan(sql);
        int end = tokens.size();
        while (end > 0 && tokens.get(end - 1).isSymbol(";")) {
            end--;
        }
        return tokens.subList(0, end);
    }

    /** Returns a symbol's normal spelling. */
    static String symbol(SqlToken token) {
        return SAME_OPERATOR.getOrDefault(token.text(), token.text());
    }

    private static String normalised(SqlToken token) {
        return switch (token.kind()) {
            case WORD, NUMBER, BLOB -> token.lowerCase();
            case QUOTED_NAME -> TableNames.folded(token);
            case STRING, DOUBLE_QUOTED -> "'" + token.content().replace("'", "''") + "'";
            case SYMBOL -> symbol(token);
            case PARAMETER, ILLEGAL -> token.text();
        };
    }

    private static boolean completesOperator(List<String> words, String word) {
        if (words.isEmpty() || !word.equals("=")) {
            return false;
        }
        String last = words.get(words.size() - 1);
        return last.equals("<") || last.equals(">") || last.equals("!");
    }
}
