package org.sqltune.training;

import java.nio.file.Path;
import java.util.Map;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.training.batch.PreparedData;

/** Watches a training run. Called from the thread that trains. */
public interface TrainingListener {
    /** A listener that does nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /** The data is tokenised; next comes the scoring before training, then training. */
    default void prepared(PreparedData data) {}

    /** Training begins, or goes on after {@code stepsDone} steps. */
    default void started(int stepsDone, int totalSteps, long trainableParameters, long allParameters) {}

    /** A step is done. */
    default void stepped(StepMetrics metrics, int totalSteps) {}

    /**
     * A line was added to metrics.jsonl.
     *
     * @param step steps done
     * @param values the line's other numbers under their names there, such as {@code loss} or {@code eval_loss}
     */
    default void logged(int step, Map<String, Double> values) {}

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

    /**
     * The answers to a set of questions are scored.
     *
     * @param set as in {@link #scoring}
     * @param when as in {@link #scoring}
     */
    default void scored(String set, String when, Evaluation evaluation) {}

    /** The whole run came to its end. */
    default void finished(PipelineResult result) {}

    /** The run broke off; the failure goes on to whoever started it. */
    default void failed(Throwable failure) {}

    /** Something the user should know. */
    default void warned(String message) {}
}
