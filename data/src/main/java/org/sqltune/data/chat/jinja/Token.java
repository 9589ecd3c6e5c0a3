package org.sqltune.data.chat.jinja;

import org.sqltune.data.chat.jinja.value.JinjaException;
import org.sqltune.data.chat.jinja.value.Values;

/**
 * A token of a template.
 *
 * @param kind the kind of token
 * @param text the text of data, the name, the operator, the digits, or a string literal's value
 * @param line its line, from 1
 */
record Token(Kind kind, String text, int line) {
    /** The kinds of tokens. */
    enum Kind {
        /** Literal text. */
        DATA,
        /** {@code {%}. */
        BLOCK_BEGIN,
        /** {@code %}}. */
        BLOCK_END,
        /** Two braces, opening. */
        PRINT_BEGIN,
        /** Two braces, closing. */
        PRINT_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        /** The end of the template. */
        END
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    JinjaException fault(String expected) {
        String found = kind == Kind.END ? "the end" : "'" + Values.clipped(text) + "'";
        return new JinjaException("line " + line + ": " + found + " instead of " + expected);
    }
}
