package org.sqltune.core;

import org.sqltune.core.text.Secrets;

/**
 * A failure that its reader can act on: the message is one line that names the thing, its value and the remedy. The
 * command line prints the message alone and exits with 1; the stack trace is for {@code --verbose}.
 */
public class SqlTuneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message one line: what, its value, the remedy; {@link Secrets} in it are masked */
    public SqlTuneException(String message) {
        super(Secrets.masked(message));
    }

    /**
     * @param message one line: what, its value, the remedy; {@link Secrets} in it are masked
     * @param cause what the library below reported
     */
    public SqlTuneException(String message, Throwable cause) {
        super(Secrets.masked(message), cause);
    }
}
