package org.sqltune.evaluation.metric;

import java.util.List;
import org.sqltune.core.sql.syntax.SqlToken;
import org.sqltune.core.sql.syntax.SqlToken.Kind;

/**
 * Whether a prediction is the gold query, but for how it is written.
 *
 * <p>Two queries match if {@link SqlNormalizer} makes the same text of both. Nothing is parsed and nothing reordered:
 * {@code a = 1 AND b = 2} doesn't match {@code b = 2 AND a = 1}. This is not Spider's component match, which ignores
 * values and the order of components.
 */
public final class ExactMatch {
    private ExactMatch() {}

    /** Whether both queries are the same after normalisation. An empty prediction matches nothing but an empty gold. */
    public static boolean matches(String gold, String prediction) {
        if (gold.equals(prediction)) {
            return true;
        }
        List<SqlToken> one = SqlNormalizer.scan(gold);
        List<SqlToken> other = SqlNormalizer.scan(prediction);
        // Most pairs are decided by their tokens; looking up names takes far longer.
        if (sameTokens(one, other)) {
            return true;
        }
        if (haveOtherMarks(one, other)) {
            return false;
        }
        return SqlNormalizer.normalise(gold, one).equals(SqlNormalizer.normalise(prediction, other));
    }

    /**
     * Whether both have the same tokens, the case of words ignored. Not decided where a quoted name stands behind a dot: it
     * may be the text of an expression, in which spaces count.
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
     * Whether symbols, numbers and parameters differ. They do in no two queries of one normal form, since they are neither
     * aliases nor qualifiers. Not decided where a name in backticks or brackets may contain some.
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

    /** Symbols follow each other without a space, since {@code > =} is {@code >=}. */
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
