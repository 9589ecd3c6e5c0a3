package org.sqltune.inference;

import java.util.List;
import java.util.Optional;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TokenConstraint;

/** Continues prompts, many at once. */
interface PromptRunner {
    /**
     * Continues prompts; those that begin alike should follow each other.
     *
     * @return what follows each of them, in their order
     * @throws InterruptedWorkException if the thread was interrupted
     */
    List<Continuation> run(List<Prompt> prompts, ProgressListener progress);

    /** What is to be continued, how, and what may follow. */
    record Prompt(long[] ids, GenerationSettings settings, Optional<TokenConstraint> constraint) {}

    /**
     * What follows a prompt.
     *
     * @param text the new text
     * @param tokens its tokens
     * @param seconds from the first work on it to its end; others were computed meanwhile
     * @param limited whether it ended only because no more tokens were allowed
     */
    record Continuation(String text, int tokens, double seconds, boolean limited) {}
}
