package org.sqltune.model.generation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.function.Supplier;

/** A constraint that follows one text, and the tokens that end it. */
final class FollowedConstraint {
    private final TokenConstraint constraint;
    private final Set<Integer> stopIds;

    FollowedConstraint(TokenConstraint constraint, Set<Integer> stopIds) {
        this.constraint = constraint;
        this.stopIds = stopIds;
    }

    /** A constraint threw an exception, which is the cause. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(RuntimeException cause) {
            super(cause);
        }
    }

    /** Gives minus infinity to what may not follow. */
    void mask(float[] scores, int tokensLeft) {
        int from = 0;
        for (int each : allowed(tokensLeft, scores.length)) {
            Arrays.fill(scores, from, each, Float.NEGATIVE_INFINITY);
            from = each + 1;
        }
        Arrays.fill(scores, from, scores.length, Float.NEGATIVE_INFINITY);
    }

    /**
     * What may follow, the tokens that end a text included where it may end.
     *
     * @param vocabulary how many tokens there are
     * @return ids, ascending
     */
    int[] allowed(int tokensLeft, int vocabulary) {
        return allowed(tokensLeft, vocabulary, mayEnd());
    }

    /** What may follow, and the tokens that end a text, wherever it is. */
    int[] allowedAndStops(int tokensLeft, int vocabulary) {
        return allowed(tokensLeft, vocabulary, true);
    }

    private int[] allowed(int tokensLeft, int vocabulary, boolean stops) {
        BitSet tokens = BitSet.valueOf(ask(() -> constraint.allowed(tokensLeft)));
        stopIds.forEach(id -> tokens.set(id, stops));
        tokens.clear(vocabulary, Math.max(vocabulary, tokens.length()));
        return tokens.stream().toArray();
    }

    /** Whether a token may follow, one that ends a text included. */
    boolean allows(int token, int tokensLeft) {
        return stopIds.contains(token) ? mayEnd() : ask(() -> constraint.allows(token, tokensLeft));
    }

    /** Tokens behind which the text may end; empty if none are known, or they are more than are left. */
    int[] ending(int tokensLeft) {
        int[] tokens = ask(constraint::ending);
        return tokens.length <= tokensLeft ? tokens : new int[0];
    }

    boolean mayEnd() {
        return ask(constraint::mayEnd);
    }

    void advance(int token) {
        ask(() -> {
            constraint.advance(token);
            return token;
        });
    }

    /** Tokens that must come next; none where the text may end. */
    int[] forced() {
        return mayEnd() ? new int[0] : ask(constraint::forced);
    }

    FollowedConstraint copy() {
        return new FollowedConstraint(ask(constraint::copy), stopIds);
    }

    private static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new Failed(e);
        }
    }
}
