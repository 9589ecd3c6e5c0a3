package org.sqltune.model.generation;

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
        long[] allowed = ask(() -> constraint.allowed(tokensLeft));
        boolean mayEnd = mayEnd();
        for (int i = 0; i < scores.length; i++) {
            boolean set = i >> 6 < allowed.length && (allowed[i >> 6] >>> i & 1) != 0;
            if (!set) {
                scores[i] = mayEnd && stopIds.contains(i) ? scores[i] : Float.NEGATIVE_INFINITY;
            }
        }
        if (!mayEnd) {
            stopIds.stream().filter(id -> id < scores.length).forEach(id -> scores[id] = Float.NEGATIVE_INFINITY);
        }
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
