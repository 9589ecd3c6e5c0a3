package org.sqltune.core.thread;

import org.sqltune.core.SqlTuneException;

/** Thrown by work that ended early because its thread was interrupted. The thread's interrupted status stays set. */
public final class InterruptedWorkException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    /** @param message what was stopped, one line */
    public InterruptedWorkException(String message) {
        super(message);
    }
}
