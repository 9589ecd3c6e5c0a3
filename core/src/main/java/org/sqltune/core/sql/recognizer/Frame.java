package org.sqltune.core.sql.recognizer;

import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.name.Columns;

/** A part of the grammar that has begun and hasn't ended; a stack of them, the innermost first. Never changes. */
sealed interface Frame
        permits StatementFrame,
                WithFrame,
                SelectFrame,
                FromFrame,
                ExpressionFrame,
                NameFrame,
                GroupFrame,
                InFrame,
                CallFrame,
                WindowFrame,
                RowsFrame,
                CaseFrame,
                CastFrame {
    /** Adds what may come next, of this frame and, where it may end, of those around it. */
    void expect(Parse at, Expectation expectation);

    /** Where a terminal leads to; null if it can't come here. */
    @Nullable
    Parse after(Parse at, Terminal terminal);

    /** Where a query ends whose columns are these, and which stands inside this frame. */
    default Parse afterQuery(Parse at, Columns columns) {
        throw new IllegalStateException("no query stands inside " + this);
    }

    /** Where an expression ends that stands inside this frame. */
    default Parse afterExpression(Parse at, @Nullable String column) {
        throw new IllegalStateException("no expression stands inside " + this);
    }
}
