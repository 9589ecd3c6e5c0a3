package org.sqltune.cli.train;

import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskDisplay;
import org.sqltune.core.config.RunConfig;
import org.sqltune.training.TrainingListener;
import org.sqltune.training.TrainingListeners;
import org.sqltune.workflow.train.RunListener;
import org.sqltune.workflow.train.TrainingTasks;

/** Shows a run on standard error and keeps its log. */
final class TrainingDisplay extends TaskDisplay implements RunListener {
    private final boolean resume;
    private final boolean pipeline;
    private @Nullable RunLog runLog;

    /** @param resume whether an earlier train.log is kept */
    TrainingDisplay(Console console, boolean resume) {
        this(console, resume, false);
    }

    /** @param pipeline whether the log is also written under the documents' name */
    TrainingDisplay(Console console, boolean resume, boolean pipeline) {
        super(console);
        this.resume = resume;
        this.pipeline = pipeline;
    }

    @Override
    public TrainingListener settled(RunConfig config) {
        runLog = RunLog.open(config.training().outputDir(), resume, pipeline);
        return TrainingListeners.of(
                new TrainingTasks(this, config.training().length().maxMinutes()), runLog.events());
    }

    /** Ends the bar that is shown, and the run's log. */
    @Override
    public void close() {
        super.close();
        if (runLog != null) {
            runLog.close();
        }
    }
}
