package org.sqltune.cli.train;

import org.sqltune.core.SqlTuneException;

/** A command ended before its time because a signal asked it to, with everything saved. */
public final class InterruptedCommandException extends SqlTuneException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * @param message how to go on
     * @param exitCode what a shell reports for a process ended by that signal
     */
    InterruptedCommandException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** What a shell reports for a process ended by that signal. */
    public int exitCode() {
        return exitCode;
    }
}
