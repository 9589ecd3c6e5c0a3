package org.sqltune.data.chat.jinja.value;

/** Thrown for a faulty template, or by a template itself ({@code raise_exception}). The message is one line. */
public final class JinjaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates an exception without a line number. */
    public JinjaException(String message) {
        super(message.lines().findFirst().orElse(""));
    }
}
