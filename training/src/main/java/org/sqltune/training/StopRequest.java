package org.sqltune.training;

import org.sqltune.core.progress.ProgressListener;

/** Asks a run, from any thread, to finish its step, save and end. Serves one run. */
public final class StopRequest {
    private boolean heeded;
    private boolean requested;

    /**
     * Asks.
     *
     * @return whether a run heeds it; false before its first step and after its last, when nothing is lost by ending at once
     */
    public synchronized boolean request() {
        requested = heeded;
        return heeded;
    }

    public synchronized void heed(boolean now) {
        heeded = now;
    }

    public synchronized boolean isRequested() {
        return requested;
    }

    /** Passes progress on until the request comes, then ends what tells of it by a {@link Signal}. */
    public ProgressListener watching(ProgressListener listener) {
        return (done, total, message) -> {
            if (isRequested()) {
                throw new Signal();
            }
            listener.advanced(done, total, message);
        };
    }

    /** Ends an evaluation that nobody will wait for. */
    public static final class Signal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Signal() {
            super("stopped on request", null, false, false);
        }
    }
}
