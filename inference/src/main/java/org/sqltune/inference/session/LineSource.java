package org.sqltune.inference.session;

import org.jspecify.annotations.Nullable;

/** Where a session's lines come from. */
@FunctionalInterface
interface LineSource {
    /** The next line; null if there are no more. */
    @Nullable
    String next();

    /** Puts a text where the next line is typed, for changing it; false where lines can't be edited. */
    default boolean offer(String text) {
        return false;
    }
}
