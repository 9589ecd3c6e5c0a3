package org.sqltune.data.chat.jinja.value;

import org.jspecify.annotations.Nullable;

/** A function of a template: a macro, a global, or a method bound to its object. */
@FunctionalInterface
public interface Callable {
    @Nullable
    Object call(Arguments arguments);
}
