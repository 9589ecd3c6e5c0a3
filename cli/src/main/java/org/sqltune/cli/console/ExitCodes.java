package org.sqltune.cli.console;

/** What the process tells its caller. A run ended by a signal has the shells' code for it: 130, 143 or 129. */
public final class ExitCodes {
    /** The work is done. */
    public static final int DONE = 0;
    /** The work was begun and failed. */
    public static final int FAILED = 1;
    /** Arguments or configuration are wrong; nothing was begun. */
    public static final int MISUSE = 2;

    private ExitCodes() {}
}
