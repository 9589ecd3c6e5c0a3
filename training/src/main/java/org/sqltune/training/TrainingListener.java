package org.sqltune.training;

import java.nio.file.Path;
import org.sqltune.core.progress.ProgressListener;

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

    /**
     * Questions are about to be answered and scored.
     *
     * @param set which questions: {@code validation} or {@code test}
     * @param when {@code before} or {@code after} training
     * @return what to tell of the progress
     */
    default ProgressListener scoring(String set, String when) {
        return ProgressListener.NONE;
    }

    /**
     * The adapter is about to be merged into its base.
     *
     * @return what to tell of the progress
     */
    default ProgressListener merging(Path fullModel) {
        return ProgressListener.NONE;
    }

    /** Something the user should know. */
    default void warned(String message) {}
}
