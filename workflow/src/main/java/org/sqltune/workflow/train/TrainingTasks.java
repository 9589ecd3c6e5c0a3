package org.sqltune.workflow.train;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.training.EvaluationMetrics;
import org.sqltune.training.StepMetrics;
import org.sqltune.training.TrainingListener;
import org.sqltune.workflow.TaskListener;

/** Reports a run as tasks and notes: training with loss and speed, evaluations, scoring and merging. */
public final class TrainingTasks implements TrainingListener {
    /** The name of the training task. */
    public static final String TRAINING = "Training";

    private final TaskListener tasks;
    private final TrainingRate rate;
    private @Nullable ProgressListener training;

    /**
     * @param tasks receives tasks and notes
     * @param maxMinutes the run's {@code training.max_minutes}; null for no limit
     */
    public TrainingTasks(TaskListener tasks, @Nullable Double maxMinutes) {
        this.tasks = tasks;
        this.rate = new TrainingRate(maxMinutes);
    }

    @Override
    public void started(int stepsDone, int totalSteps, long trainableParameters, long allParameters) {
        rate.started();
        noted(String.format(
                Locale.ROOT,
                "Training %s for %d steps%s",
                weights(trainableParameters, allParameters),
                totalSteps,
                stepsDone > 0 ? ", going on after step " + stepsDone : ""));
    }

    /** An adapter of a tiny model may have more weights than the model, so no share of it is named. */
    private static String weights(long trained, long ofModel) {
        return trained == ofModel
                ? String.format(Locale.ROOT, "all %,d weights", ofModel)
                : String.format(Locale.ROOT, "%,d weights of an adapter to a model of %,d", trained, ofModel);
    }

    @Override
    public void stepped(StepMetrics metrics, int totalSteps) {
        if (training == null) {
            training = tasks.began(TRAINING);
        }
        rate.stepped(metrics);
        String speed = rate.inWords(totalSteps);
        String loss = String.format(Locale.ROOT, "loss %.3f", metrics.loss());
        training.advanced(metrics.step(), totalSteps, speed.isEmpty() ? loss : loss + ", " + speed);
    }

    @Override
    public void evaluated(EvaluationMetrics metrics) {
        noted(String.format(
                Locale.ROOT,
                "Step %d: eval loss %.4f, token accuracy %.1f %%%s%s",
                metrics.step(),
                metrics.loss(),
                100 * metrics.tokenAccuracy(),
                percent(", exact match", metrics.answers().exactMatch()),
                percent(", execution accuracy", metrics.answers().executionAccuracy())));
    }

    private static String percent(String name, OptionalDouble share) {
        return share.isEmpty() ? "" : String.format(Locale.ROOT, "%s %.1f %%", name, 100 * share.getAsDouble());
    }

    @Override
    public ProgressListener scoring(String set, String when) {
        return began("Scoring " + set + ", " + when);
    }

    @Override
    public ProgressListener merging(Path fullModel) {
        return began("Merging into " + fullModel.getFileName());
    }

    @Override
    public void warned(String message) {
        noted(message);
    }

    private ProgressListener began(String task) {
        training = null;
        return tasks.began(task);
    }

    private void noted(String message) {
        training = null;
        tasks.noted(message);
    }
}
