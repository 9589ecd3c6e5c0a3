package org.sqltune.core;

/**
 * A failure that its reader can act on: the message is one line that names the thing, its value and the remedy. The
 * command line prints the message alone and exits with 1; the stack trace is for {@code --verbose}.
 */
public class SqlTuneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line: what, its value, the remedy */
    public SqlTuneException(String message) {
        super(message);
    }

    /**
     * @param message one line: what, its value, the remedy
     * @param cause what the library below reported
     */
    public SqlTuneException(String message, Throwable cause) {
        super(message, cause);
    }
}
