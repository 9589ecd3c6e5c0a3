package org.sqltune.evaluation;

import org.sqltune.core.progress.ProgressListener;

/** Progress that two threads tell, and that never goes back. */
final class OnwardProgress implements ProgressListener {
    private final ProgressListener shown;
    private long most;

    OnwardProgress(ProgressListener shown) {
        this.shown = shown;
    }

    @Override
    public synchronized void advanced(long done, long total, String message) {
        most = Math.max(most, done);
        shown.advanced(most, total, message);
    }
}
