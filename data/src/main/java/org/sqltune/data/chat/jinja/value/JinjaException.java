package org.sqltune.data.chat.jinja.value;

/** What is wrong with a template, or what a template itself objects to ({@code raise_exception}). One line. */
public final class JinjaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates a fault that needs no line, because the template speaks for itself. */
    public JinjaException(String message) {
        super(message.lines().findFirst().orElse(""));
    }
}
