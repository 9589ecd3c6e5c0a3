package org.sqltune.inference;

import java.util.List;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.model.generation.BatchGenerator;
import org.sqltune.model.generation.Generation;
import org.sqltune.model.tokenizer.Tokenizer;

/** Continues prompts with a generator of the caller's, on the caller's thread. */
record GeneratorRunner(BatchGenerator generator, Tokenizer tokenizer) implements PromptRunner {
    @Override
    public List<Continuation> run(List<Prompt> prompts, ProgressListener progress) {
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
