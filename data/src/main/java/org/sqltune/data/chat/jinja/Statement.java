package org.sqltune.data.chat.jinja;

/** A parsed statement of a template. */
@FunctionalInterface
interface Statement {
    /** How control flow continues after a statement. */
    enum Flow {
        /** Continue with the next statement. */
        NEXT,
        /** Leave the loop. */
        BREAK,
        /** Continue with the loop's next item. */
        CONTINUE
    }

    Flow render(Scope scope, Output out);
}
