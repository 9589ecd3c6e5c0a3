package org.sqltune.data.chat.jinja;

import org.jspecify.annotations.Nullable;

/** A parsed expression. */
@FunctionalInterface
interface Expression {
    @Nullable
    Object evaluate(Scope scope);
}
