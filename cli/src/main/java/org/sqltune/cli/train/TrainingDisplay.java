package org.sqltune.cli.train;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskProgress;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.training.EvaluationMetrics;
import org.sqltune.training.StepMetrics;
import org.sqltune.training.TrainingListener;
import org.sqltune.training.TrainingListeners;
import org.sqltune.workflow.train.RunListener;
import org.sqltune.workflow.train.TrainingRate;

/** Shows a run on standard error: one bar at a time, and between the bars what should stay readable. */
final class TrainingDisplay implements RunListener, TrainingListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TrainingDisplay.class);

    private final Console console;
    private final boolean resume;
    private final TrainingRate rate = new TrainingRate();
    private @Nullable TaskProgress current;
    private @Nullable RunLog runLog;

    /** @param resume whether an earlier train.log is kept */
    TrainingDisplay(Console console, boolean resume) {
        this.console = console;
        this.resume = resume;
    }

    @Override
    public ProgressListener began(String task) {
        endBar();
        console.err().println(task + " …");
        current = console.progress(task);
        return current;
    }

    @Override
    public TrainingListener settled(RunConfig config) {
        runLog = RunLog.open(config.training().outputDir(), resume);
        return TrainingListeners.of(this, runLog);
    }

    @Override
    public void started(int stepsDone, int totalSteps, long trainableParameters, long allParameters) {
        endBar();
        log.info(String.format(
                Locale.ROOT,
                "Training %,d of %,d weights (%.2f %%) for %d steps%s",
                trainableParameters,
                allParameters,
                100.0 * trainableParameters / allParameters,
                totalSteps,
                stepsDone > 0 ? ", going on after step " + stepsDone : ""));
    }

    @Override
    public void stepped(StepMetrics metrics, int totalSteps) {
        if (current == null) {
            current = console.trainingProgress();
        }
        rate.stepped(metrics);
        String speed = rate.inWords(totalSteps);
        String loss = String.format(Locale.ROOT, "loss %.3f", metrics.loss());
        current.advanced(metrics.step(), totalSteps, speed.isEmpty() ? loss : loss + ", " + speed);
    }

    @Override
    public void evaluated(EvaluationMetrics metrics) {
        endBar();
        log.info(String.format(
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
    public void saved(Path checkpoint) {
        log.debug("Saved {}", checkpoint);
    }

    @Override
    public ProgressListener scoring(String set, String when) {
        endBar();
        current = console.progress("Scoring " + set + ", " + when);
        return current;
    }

    @Override
    public ProgressListener merging(Path fullModel) {
        endBar();
        current = console.progress("Merging into " + fullModel.getFileName());
        return current;
    }

    @Override
    public void warned(String message) {
        endBar();
        log.info(message);
    }

    private void endBar() {
        if (current != null) {
            current.close();
            current = null;
        }
    }

    /** Ends the bar that is shown, and the run's log. */
    @Override
    public void close() {
        endBar();
        if (runLog != null) {
            runLog.close();
        }
    }
}
