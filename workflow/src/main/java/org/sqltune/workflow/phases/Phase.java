package org.sqltune.workflow.phases;

import java.util.Locale;

/** A part of a run that succeeds or fails by itself. */
public enum Phase {
    /** From the data to the trained model and its scores. */
    TRAIN,
    /** The trained model to an Ollama server. */
    DEPLOY,
    /** Questions to the deployed model. */
    TEST;

    /** As files and messages write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
