package org.sqltune.core.sql.recognizer;

import org.jspecify.annotations.Nullable;

/**
 * An entry of a select list.
 *
 * @param name what the column is called from outside; null if that can't be written
 * @param alias whether the name was given with AS
 * @param aggregate whether it has an aggregate
 * @param window whether it has a window function
 * @param star null, or the qualifier of a star, which is empty for a bare one
 */
record Output(
        @Nullable String name,
        boolean alias,
        boolean aggregate,
        boolean window,
        @Nullable String star) {
    static Output ofStar(String qualifier) {
        return new Output(null, false, false, false, qualifier);
    }
}
