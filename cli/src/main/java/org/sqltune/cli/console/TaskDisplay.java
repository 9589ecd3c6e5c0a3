package org.sqltune.cli.console;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.workflow.TaskListener;
import org.sqltune.workflow.train.TrainingTasks;

/** Says on standard error which task of a use case begins, and shows its progress once it takes a while. */
public class TaskDisplay implements TaskListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TaskDisplay.class);

    private final Console console;
    private @Nullable TaskProgress progress;

    /** @param console where it is shown */
    public TaskDisplay(Console console) {
        this.console = console;
    }

    @Override
    public ProgressListener began(String task) {
        endTask();
        boolean training = task.equals(TrainingTasks.TRAINING);
        if (!training) {
            console.err().println(task + " …");
        }
        progress = training ? console.trainingProgress() : console.progress(task);
        return progress;
    }

    @Override
    public void noted(String message) {
        endTask();
        log.info(message);
    }

    private void endTask() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }

    /** Ends the display of the last task. */
    @Override
    public void close() {
        endTask();
    }
}
