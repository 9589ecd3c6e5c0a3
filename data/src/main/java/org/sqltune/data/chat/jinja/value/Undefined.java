package org.sqltune.data.chat.jinja.value;

/**
 * The value of a name that nobody has set: false, empty and printed as nothing. Whatever else is done with it is an error.
 *
 * @param hint what is undefined, for that error
 */
public record Undefined(String hint) {
    public JinjaException error() {
        return new JinjaException(hint);
    }
}
