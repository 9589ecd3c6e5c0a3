package org.sqltune.workflow.phases;

import org.jspecify.annotations.Nullable;

/**
 * How a phase ended.
 *
 * @param state how
 * @param finished when, in ISO 8601
 * @param seconds how long it took
 * @param of what it was done with, a hash: the configuration for training, the trained weights for what follows
 * @param result what came of it, one line
 */
record PhaseRecord(
        State state,
        String finished,
        double seconds,
        @Nullable String of,
        String result) {
    /** How a phase ended. */
    enum State {
        /** It succeeded. */
        DONE,
        /** It failed. */
        FAILED
    }

    /** Whether the same needn't be done again. */
    boolean isDoneWith(@Nullable String hash) {
        return state == State.DONE && hash != null && hash.equals(of);
    }
}
