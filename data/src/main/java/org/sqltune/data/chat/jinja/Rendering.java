package org.sqltune.data.chat.jinja;

import java.time.Clock;
import org.sqltune.data.chat.jinja.value.JinjaException;

/** The state of one rendering: its remaining steps and its clock. Not thread-safe. */
final class Rendering {
    private static final int MOST_STEPS = 5_000_000;
    private static final int DEEPEST_CALL = 100;

    private final Clock clock;
    private int steps;
    private int depth;

    Rendering(Clock clock) {
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    /** Counts a step, so that no template runs forever. */
    void step() {
        if (++steps > MOST_STEPS) {
            throw new JinjaException("the template takes more than " + MOST_STEPS + " steps");
        }
    }

    void enter() {
        if (++depth > DEEPEST_CALL) {
            throw new JinjaException("macros call each other more than " + DEEPEST_CALL + " levels deep");
        }
    }

    void leave() {
        depth--;
    }
}
