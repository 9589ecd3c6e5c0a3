package org.sqltune.core.progress;

/** Watches one piece of work of known length. Called from the thread that works; must return quickly. */
@FunctionalInterface
public interface ProgressListener {
    /** A listener that does nothing. */
    ProgressListener NONE = (done, total, message) -> {};

    /**
     * Some of the work is done.
     *
     * @param done units done so far
     * @param total units in all
     * @param message a short extra such as {@code loss 1.23}; empty for none
     */
    void advanced(long done, long total, String message);
}
