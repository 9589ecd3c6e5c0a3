package org.sqltune.evaluation.outline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/** Searches and splits lists of tokens outside parentheses. */
final class TokenLists {
    private static final Set<String> AGGREGATES = Set.of("count", "sum", "avg", "min", "max", "total", "group_concat");

    private TokenLists() {}

    /** Returns the index of the first of these words outside parentheses; -1 if there is none. */
    static int find(List<SqlToken> tokens, int from, Set<String> words) {
        int depth = 0;
        for (int i = from; i < tokens.size(); i++) {
            SqlToken token = tokens.get(i);
            depth += depthChange(token);
            if (depth <= 0 && token.kind() == Kind.WORD && words.contains(token.lowerCase())) {
                return i;
            }
        }
        return -1;
    }

    /** Splits tokens at the commas outside parentheses. */
    static List<List<SqlToken>> atCommas(List<SqlToken> tokens) {
        List<List<SqlToken>> pieces = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            depth += depthChange(tokens.get(i));
            if (depth <= 0 && tokens.get(i).isSymbol(",")) {
                pieces.add(tokens.subList(start, i));
                start = i + 1;
            }
        }
        if (start < tokens.size()) {
            pieces.add(tokens.subList(start, tokens.size()));
        }
        return pieces;
    }

    /** Returns the index of the parenthesis that closes the one at {@code open}; the list's size if there is none. */
    static int closing(List<SqlToken> tokens, int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += depthChange(tokens.get(i));
            if (depth == 0) {
                return i;
            }
        }
        return tokens.size();
    }

    static boolean isWord(List<SqlToken> tokens, int index, String word) {
        return index >= 0 && index < tokens.size() && tokens.get(index).isWord(word);
    }

    static boolean isSymbol(List<SqlToken> tokens, int index, String symbol) {
        return index >= 0 && index < tokens.size() && tokens.get(index).isSymbol(symbol);
    }

    /** Returns the token as a name in lower case, if it can be one. */
    static Optional<String> name(SqlToken token) {
        return switch (token.kind()) {
            case WORD, QUOTED_NAME, DOUBLE_QUOTED -> Optional.of(token.content().toLowerCase(Locale.ROOT));
            default -> Optional.empty();
        };
    }

    static boolean isAggregate(String word) {
        return AGGREGATES.contains(word);
    }

    private static int depthChange(SqlToken token) {
        return token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
    }
}
