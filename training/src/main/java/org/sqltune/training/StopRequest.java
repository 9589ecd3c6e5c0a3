package org.sqltune.training;

import org.sqltune.core.progress.ProgressListener;

/** Asks one run to finish its current step, save a checkpoint and end. Safe to call from any thread. */
public final class StopRequest {
    private boolean accepted;
    private boolean requested;

    /**
     * Requests the stop.
     *
     * @return whether the run will stop by itself; false before its first step and after its last, when the process can
     *     end at once without losing work
     */
    public synchronized boolean request() {
        requested = accepted;
        return accepted;
    }

    /** Sets whether a request takes effect: the run sets true before its first step and false after its last. */
    public synchronized void setAccepted(boolean now) {
        accepted = now;
    }

    public synchronized boolean isRequested() {
        return requested;
    }

    /**
     * Returns a listener that forwards progress, and throws a {@link Signal} at the first progress after the request.
     */
    public ProgressListener watching(ProgressListener listener) {
        return (done, total, message) -> {
            if (isRequested()) {
                throw new Signal();
            }
            listener.advanced(done, total, message);
        };
    }

    /** Thrown to end an evaluation whose result is no longer needed. */
    public static final class Signal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Signal() {
            super("stopped on request", null, false, false);
        }
    }
}
