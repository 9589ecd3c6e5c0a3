package org.sqltune.inference.runtime;

import org.jspecify.annotations.Nullable;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.runtime.BlockingRuntime.Usage;

/**
 * What a line of an answer says.
 *
 * @param text more of the answer; may be empty
 * @param end why the answer ended; null if it goes on or the line doesn't say
 * @param last whether nothing follows
 * @param usage tokens; null if the line doesn't say
 * @param error what the server reports instead of an answer; null for nothing
 */
record ServerEvent(
        String text,
        @Nullable End end,
        boolean last,
        @Nullable Usage usage,
        @Nullable String error) {
    /** Nothing: an empty line, a comment. */
    static final ServerEvent NONE = new ServerEvent("", null, false, null, null);

    /** Nothing follows. */
    static final ServerEvent LAST = new ServerEvent("", null, true, null, null);

    static ServerEvent failure(String error) {
        return new ServerEvent("", null, true, null, error);
    }
}
