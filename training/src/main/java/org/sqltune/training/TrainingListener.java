package org.sqltune.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.training.batch.PreparedData;

/** Receives the events of a training run, on the thread that trains. Every method does nothing by default. */
public interface TrainingListener {
    /** A listener that does nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /** Called when the data is tokenised, before the model is scored and trained. */
    default void prepared(PreparedData data) {}

    /**
     * Called when a run is about to resume.
     *
     * @param step step of the checkpoint
     * @param changes what is not as it was then, with which the run goes on; each is also a warning
     */
    default void resuming(int step, List<ResumeChange> changes) {}

    /**
     * Called when training starts, or resumes after {@code stepsDone} steps. Parameter counts are numbers of weights.
     */
    default void started(int stepsDone, int totalSteps, long trainableParameters, long allParameters) {}

    /** Called after each optimizer step. */
    default void stepped(StepMetrics metrics, int totalSteps) {}

    /**
     * Called after a line was appended to metrics.jsonl.
     *
     * @param step optimizer steps done
     * @param values the line's other numbers by key, for example {@code loss} or {@code eval_loss}
     */
    default void logged(int step, Map<String, Double> values) {}

    /** Called after each evaluation on the validation set. */
    default void evaluated(EvaluationMetrics metrics) {}

    /** Called after a checkpoint was written to that folder. */
    default void saved(Path checkpoint) {}

    /**
     * Called before a set of questions is answered and scored.
     *
     * @param set {@code validation} or {@code test}
     * @param when {@code before} or {@code after} training, or {@code step N} during it
     * @return the listener that receives the progress
     */
    default ProgressListener scoring(String set, String when) {
        return ProgressListener.NONE;
    }

    /**
     * Called before the adapter is merged into its base model.
     *
     * @return the listener that receives the progress
     */
    default ProgressListener merging(Path fullModel) {
        return ProgressListener.NONE;
    }

    /**
     * Called after the answers to a set of questions were scored.
     *
     * @param set as in {@link #scoring}
     * @param when as in {@link #scoring}
     */
    default void scored(String set, String when, Evaluation evaluation) {}

    /** Called when the whole run is finished. */
    default void finished(PipelineResult result) {}

    /** Called when the run fails. The pipeline then rethrows the failure to its caller. */
    default void failed(Throwable failure) {}

    /** Called with a one-line warning for the user. */
    default void warned(String message) {}
}
