package org.sqltune.inference.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.engine.TokenLogprob;
import org.sqltune.inference.runtime.BlockingRuntime.Usage;

/**
 * What a line of an answer says.
 *
 * @param choices more of the texts; may be empty
 * @param last whether nothing follows
 * @param usage tokens; null if the line doesn't say
 * @param error what the server reports instead of an answer; null for nothing
 */
record ServerEvent(
        List<Choice> choices,
        boolean last,
        @Nullable Usage usage,
        @Nullable String error) {
    /**
     * More of one of the texts.
     *
     * @param index which one
     * @param text may be empty
     * @param end why it ended; null if it goes on or the line doesn't say
     * @param tokens probabilities of its tokens; may be empty
     */
    record Choice(int index, String text, @Nullable End end, List<TokenLogprob> tokens) {}

    /** Nothing: an empty line, a comment. */
    static final ServerEvent NONE = new ServerEvent(List.of(), false, null, null);

    /** Nothing follows. */
    static final ServerEvent LAST = new ServerEvent(List.of(), true, null, null);

    static ServerEvent failure(String error) {
        return new ServerEvent(List.of(), true, null, error);
    }
}
