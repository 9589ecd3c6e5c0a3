package org.sqltune.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.evaluation.Evaluation;
import org.sqltune.training.batch.PreparedData;

/**
 * Several listeners as one: each is told of everything, in their order.
 *
 * @param all the listeners
 */
public record TrainingListeners(List<TrainingListener> all) implements TrainingListener {
    public TrainingListeners {
        all = List.copyOf(all);
    }

    /** These listeners as one. */
    public static TrainingListeners of(TrainingListener... listeners) {
        return new TrainingListeners(List.of(listeners));
    }

    @Override
    public void prepared(PreparedData data) {
        tell(each -> each.prepared(data));
    }

    @Override
    public void started(int stepsDone, int totalSteps, long trainableParameters, long allParameters) {
        tell(each -> each.started(stepsDone, totalSteps, trainableParameters, allParameters));
    }

    @Override
    public void stepped(StepMetrics metrics, int totalSteps) {
        tell(each -> each.stepped(metrics, totalSteps));
    }

    @Override
    public void logged(int step, Map<String, Double> values) {
        tell(each -> each.logged(step, values));
    }

    @Override
    public void evaluated(EvaluationMetrics metrics) {
        tell(each -> each.evaluated(metrics));
    }

    @Override
    public void saved(Path checkpoint) {
        tell(each -> each.saved(checkpoint));
    }

    @Override
    public ProgressListener scoring(String set, String when) {
        return together(all.stream().map(each -> each.scoring(set, when)).toList());
    }

    @Override
    public ProgressListener merging(Path fullModel) {
        return together(all.stream().map(each -> each.merging(fullModel)).toList());
    }

    private static ProgressListener together(List<ProgressListener> listeners) {
        return (done, total, message) -> listeners.forEach(each -> each.advanced(done, total, message));
    }

    @Override
    public void scored(String set, String when, Evaluation evaluation) {
        tell(each -> each.scored(set, when, evaluation));
    }

    @Override
    public void finished(PipelineResult result) {
        tell(each -> each.finished(result));
    }

    @Override
    public void failed(Throwable failure) {
        tell(each -> each.failed(failure));
    }

    @Override
    public void warned(String message) {
        tell(each -> each.warned(message));
    }

    private void tell(Consumer<TrainingListener> event) {
        all.forEach(event);
    }
}
