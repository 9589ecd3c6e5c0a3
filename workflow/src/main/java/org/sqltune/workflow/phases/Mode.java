package org.sqltune.workflow.phases;

import java.util.List;

/** Which phases a command runs. */
public enum Mode {
    /** Training alone. */
    TRAIN,
    /** The deployment of what was trained. */
    DEPLOY,
    /** The test of what was deployed. */
    TEST,
    /** All phases in their order. */
    FULL;

    /** The phases, in their order. */
    public List<Phase> phases() {
        return switch (this) {
            case TRAIN -> List.of(Phase.TRAIN);
            case DEPLOY -> List.of(Phase.DEPLOY);
            case TEST -> List.of(Phase.TEST);
            case FULL -> List.of(Phase.values());
        };
    }

    /** Whether the mode trains, so that its log begins anew. */
    public boolean trains() {
        return phases().contains(Phase.TRAIN);
    }
}
