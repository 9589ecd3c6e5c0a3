package org.sqltune.inference;

import java.util.List;
import java.util.Optional;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.model.generation.BatchGenerator;
import org.sqltune.model.generation.Generation;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TokenConstraint;
import org.sqltune.model.tokenizer.Tokenizer;

/** Continues prompts with a generator of the caller's, on the caller's thread. */
record GeneratorRunner(BatchGenerator generator, Tokenizer tokenizer) {
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

    /**
     * Continues prompts, many at once.
     *
     * @return what follows each of them, in their order
     * @throws InterruptedWorkException if the thread was interrupted
     */
    List<Continuation> run(List<Prompt> prompts, ProgressListener progress) {
        try {
            List<Generation> answers = prompts.stream()
                    .map(each -> generator.submit(each.ids(), each.settings(), each.constraint(), (text, id) -> true))
                    .toList();
            finish(answers, progress);
            return answers.stream().map(this::continuation).toList();
        } catch (RuntimeException | Error e) {
            generator.abandon();
            throw e;
        }
    }

    private void finish(List<Generation> answers, ProgressListener progress) {
        int told = 0;
        while (generator.busy()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedWorkException("The answer was stopped");
            }
            generator.step();
            int done = (int) answers.stream().filter(Generation::done).count();
            while (told < done) {
                progress.advanced(++told, answers.size(), "");
            }
        }
    }

    private Continuation continuation(Generation answer) {
        long[] ids = answer.ids();
        boolean limited = answer.end() == Generation.End.LENGTH;
        return new Continuation(tokenizer.decode(ids), ids.length, answer.seconds(), limited);
    }
}
