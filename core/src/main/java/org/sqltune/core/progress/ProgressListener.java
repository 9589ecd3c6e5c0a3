package org.sqltune.core.progress;

/** Receives the progress of one task of known length. It is called on the task's thread and must return quickly. */
@FunctionalInterface
public interface ProgressListener {
    /** A listener that does nothing. */
    ProgressListener NONE = (done, total, message) -> {};

    /**
     * Reports progress.
     *
     * @param done units done so far
     * @param total units of the whole task
     * @param message a short addition, for example {@code loss 1.23}; empty if there is none
     */
    void advanced(long done, long total, String message);
}
