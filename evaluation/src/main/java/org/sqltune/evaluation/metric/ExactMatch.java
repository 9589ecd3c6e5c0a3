package org.sqltune.evaluation.metric;

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
        return SqlNormalizer.normalise(gold).equals(SqlNormalizer.normalise(prediction));
    }
}
