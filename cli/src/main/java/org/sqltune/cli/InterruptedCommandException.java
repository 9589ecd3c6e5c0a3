package org.sqltune.cli;

import org.sqltune.core.SqlTuneException;

/** A command ended before its time because a signal asked it to, with everything saved. */
final class InterruptedCommandException extends SqlTuneException {
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

    int exitCode() {
        return exitCode;
    }
}
