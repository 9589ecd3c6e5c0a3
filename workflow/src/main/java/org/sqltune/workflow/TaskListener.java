package org.sqltune.workflow;

import org.sqltune.core.progress.ProgressListener;

/** Receives the progress of a long use case. Called on the working thread; must return quickly. */
@FunctionalInterface
public interface TaskListener {
    /** A listener that does nothing. */
    TaskListener NONE = task -> ProgressListener.NONE;

    /**
     * Called when a task begins, which ends the previous one.
     *
     * @param task the task's name, such as {@code Answering}
     * @return receives the task's progress
     */
    ProgressListener began(String task);

    /** Called with a remark for readers of the result; ends the previous task. */
    default void noted(String message) {}
}
