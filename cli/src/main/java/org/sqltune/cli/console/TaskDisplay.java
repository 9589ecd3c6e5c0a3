package org.sqltune.cli.console;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.workflow.TaskListener;

/** Says on standard error which task of a use case begins, and shows its progress once it takes a while. */
public final class TaskDisplay implements TaskListener, AutoCloseable {
    private final Console console;
    private @Nullable TaskProgress progress;

    /** @param console where it is shown */
    public TaskDisplay(Console console) {
        this.console = console;
    }

    @Override
    public ProgressListener began(String task) {
        close();
        console.err().println(task + " …");
        TaskProgress begun = console.progress(task);
        progress = begun;
        return begun;
    }

    /** Ends the display of the last task. */
    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }
}
