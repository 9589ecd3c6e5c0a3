package org.sqltune.evaluation.metric;

import java.util.List;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/**
 * Tests whether a prediction equals the gold query except for spelling.
 *
 * <p>Two queries match if {@link SqlNormalizer} gives the same text for both. Nothing is reordered: {@code a = 1 AND
 * b = 2} doesn't match {@code b = 2 AND a = 1}. This isn't Spider's exact set match, which ignores values and the
 * order of components.
 */
public final class ExactMatch {
    private ExactMatch() {}

    /**
     * Returns whether both queries are equal after normalisation. An empty prediction matches only an empty gold
     * query.
     */
    public static boolean matches(String gold, String prediction) {
        if (gold.equals(prediction)) {
            return true;
        }
        List<SqlToken> one = SqlNormalizer.scan(gold);
        List<SqlToken> other = SqlNormalizer.scan(prediction);
        // Tokens decide most pairs; resolving names takes far longer.
        if (sameTokens(one, other)) {
            return true;
        }
        if (haveOtherMarks(one, other)) {
            return false;
        }
        return SqlNormalizer.normalise(gold, one).equals(SqlNormalizer.normalise(prediction, other));
    }

    /**
     * Returns whether both have the same tokens, ignoring the case of words. Returns false where a quoted name
     * follows a dot: it may be the text of an expression, in which spaces count.
     */
    private static boolean sameTokens(List<SqlToken> one, List<SqlToken> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            SqlToken token = one.get(i);
            boolean quoted = token.kind() == Kind.DOUBLE_QUOTED
                    || token.kind() == Kind.QUOTED_NAME
                    || token.kind() == Kind.STRING;
            boolean expression = quoted && i > 0 && one.get(i - 1).isSymbol(".");
            if (expression || !isSame(token, other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(SqlToken one, SqlToken other) {
        return one.kind() == other.kind()
                && (one.kind() == Kind.WORD
                        ? one.lowerCase().equals(other.lowerCase())
                        : one.text().equals(other.text()));
    }

    /**
     * Returns whether symbols, numbers or parameters differ. Queries of one normal form agree in them, since they are
     * neither aliases nor qualifiers. Returns false where a name in backticks or brackets may contain some.
     */
    private static boolean haveOtherMarks(List<SqlToken> one, List<SqlToken> other) {
        return isPlain(one) && isPlain(other) && !marks(one).equals(marks(other));
    }

    private static boolean isPlain(List<SqlToken> tokens) {
        for (SqlToken token : tokens) {
            if (token.kind() == Kind.QUOTED_NAME || token.kind() == Kind.ILLEGAL) {
                return false;
            }
        }
        return true;
    }

    /** Returns the marks without spaces between symbols, since {@code > =} is {@code >=}. */
    private static String marks(List<SqlToken> tokens) {
        StringBuilder marks = new StringBuilder();
        for (SqlToken token : tokens) {
            switch (token.kind()) {
                case SYMBOL -> marks.append(SqlNormalizer.symbol(token));
                case NUMBER, BLOB -> marks.append(' ').append(token.lowerCase());
                case PARAMETER -> marks.append(' ').append(token.text());
                default -> {}
            }
        }
        return marks.toString();
    }
}
