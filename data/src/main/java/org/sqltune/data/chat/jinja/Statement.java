package org.sqltune.data.chat.jinja;

/** A parsed part of a template. */
@FunctionalInterface
interface Statement {
    /** How a part ends. */
    enum Flow {
        /** The next one follows. */
        NEXT,
        /** The loop ends. */
        BREAK,
        /** Returns the loop goes on to its next item. */
        CONTINUE
    }

    Flow render(Scope scope, Output out);
}
