package org.sqltune.workflow.phases;

import java.util.List;

/** Which phases a command runs. */
public enum Mode {
    /** Training alone. */
    TRAIN(Phase.TRAIN),
    /** The deployment of what was trained. */
    DEPLOY(Phase.DEPLOY),
    /** The test of what was deployed. */
    TEST(Phase.TEST),
    /** All phases in their order. */
    FULL(Phase.TRAIN, Phase.DEPLOY, Phase.TEST);

    private final List<Phase> phases;

    Mode(Phase... phases) {
        this.phases = List.of(phases);
    }

    /** The phases, in their order. */
    public List<Phase> phases() {
        return phases;
    }

    /** Whether the mode trains, so that its log begins anew. */
    public boolean trains() {
        return phases.contains(Phase.TRAIN);
    }
}
