package org.sqltune.data.chat.jinja.value;

/**
 * The value of an unset name: false, empty, and printed as nothing. Any other use is an error.
 *
 * @param hint names the undefined thing, for that error
 */
public record Undefined(String hint) {
    public JinjaException error() {
        return new JinjaException(hint);
    }
}
