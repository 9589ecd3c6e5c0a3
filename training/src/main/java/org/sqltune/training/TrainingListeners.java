package org.sqltune.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.training.batch.PreparedData;

/**
 * Forwards every event to several listeners, in their order.
 *
 * @param all the listeners
 */
public record TrainingListeners(List<TrainingListener> all) implements TrainingListener {
    public TrainingListeners {
        all = List.copyOf(all);
    }

    /** Combines the listeners into one. */
    public static TrainingListeners of(TrainingListener... listeners) {
        return new TrainingListeners(List.of(listeners));
    }

    @Override
    public void prepared(PreparedData data) {
        forward(each -> each.prepared(data));
    }

    @Override
    public void resuming(int step, List<ResumeChange> changes) {
        forward(each -> each.resuming(step, changes));
    }

    @Override
    public void started(int stepsDone, int totalSteps, long trainableParameters, long allParameters) {
        forward(each -> each.started(stepsDone, totalSteps, trainableParameters, allParameters));
    }

    @Override
    public void stepped(StepMetrics metrics, int totalSteps) {
        forward(each -> each.stepped(metrics, totalSteps));
    }

    @Override
    public void logged(int step, Map<String, Double> values) {
        forward(each -> each.logged(step, values));
    }

    @Override
    public void evaluated(EvaluationMetrics metrics) {
        forward(each -> each.evaluated(metrics));
    }

    @Override
    public void saved(Path checkpoint) {
        forward(each -> each.saved(checkpoint));
    }

    @Override
    public ProgressListener scoring(String set, String when) {
        return combined(all.stream().map(each -> each.scoring(set, when)).toList());
    }

    @Override
    public ProgressListener merging(Path fullModel) {
        return combined(all.stream().map(each -> each.merging(fullModel)).toList());
    }

    private static ProgressListener combined(List<ProgressListener> listeners) {
        return (done, total, message) -> listeners.forEach(each -> each.advanced(done, total, message));
    }

    @Override
    public void scored(String set, String when, Evaluation evaluation) {
        forward(each -> each.scored(set, when, evaluation));
    }

    @Override
    public void finished(PipelineResult result) {
        forward(each -> each.finished(result));
    }

    @Override
    public void failed(Throwable failure) {
        forward(each -> each.failed(failure));
    }

    @Override
    public void warned(String message) {
        forward(each -> each.warned(message));
    }

    private void forward(Consumer<TrainingListener> event) {
        all.forEach(event);
    }
}
