package org.sqltune.workflow;

import org.sqltune.core.progress.ProgressListener;

/** Watches a use case that takes a while. Called from the thread that works; must return quickly. */
@FunctionalInterface
public interface TaskListener {
    /** A listener that does nothing. */
    TaskListener NONE = task -> ProgressListener.NONE;

    /**
     * Returns the next task begins, and the one before it is over.
     *
     * @param task what is done, such as {@code Answering}
     * @return told how far the task is
     */
    ProgressListener began(String task);

    /** Something that a reader of the result should know; the task before it is over. */
    default void noted(String message) {}
}
