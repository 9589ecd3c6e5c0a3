package org.sqltune.training;

import java.nio.file.Path;

/** Watches a training run. Called from the thread that trains. */
public interface TrainingListener {
    /** A listener that does nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /** The run begins, or goes on after {@code stepsDone} steps. */
    default void started(int stepsDone, int totalSteps, long trainableParameters, long allParameters) {}

    /** A step is done. */
    default void stepped(StepMetrics metrics, int totalSteps) {}

    /** The validation loss is known. */
    default void evaluated(EvaluationMetrics metrics) {}

    /** A checkpoint is written. */
    default void saved(Path checkpoint) {}

    /** Something the user should know. */
    default void warned(String message) {}
}
