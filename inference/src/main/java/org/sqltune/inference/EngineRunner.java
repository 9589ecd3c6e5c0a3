package org.sqltune.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.thread.InterruptedWorkException;
import org.sqltune.inference.engine.TextAnswer;
import org.sqltune.inference.engine.TextEngine;
import org.sqltune.inference.engine.TextListener;
import org.sqltune.inference.engine.TextRequest;
import org.sqltune.inference.engine.TextTicket;

/**
 * Continues prompts with an engine, beside what others ask it.
 *
 * @param adapter which adapter continues them; {@link AdapterSwitch#BASE} for none
 */
record EngineRunner(TextEngine engine, String adapter) implements PromptRunner {
    @Override
    public List<Continuation> run(List<Prompt> prompts, ProgressListener progress) {
        List<TextTicket> tickets = new ArrayList<>();
        List<Continuation> answers = new ArrayList<>();
        try {
            requireGoingOn();
            prompts.forEach(each -> tickets.add(submit(each)));
            for (TextTicket each : tickets) {
                answers.add(continuation(each.await()));
                progress.advanced(answers.size(), prompts.size(), "");
            }
            return answers;
        } catch (CancellationException e) {
            throw new InterruptedWorkException("The answer was stopped");
        } finally {
            // Those that are answered stay as they are.
            tickets.forEach(TextTicket::cancel);
        }
    }

    private static void requireGoingOn() {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedWorkException("The answer was stopped");
        }
    }

    private TextTicket submit(Prompt prompt) {
        // The ids are what is computed.
        TextRequest request = TextRequest.of("", prompt.settings());
        TextRequest named = adapter.equals(AdapterSwitch.BASE) ? request : request.withAdapter(adapter);
        return engine.submit(named, prompt.ids(), TextListener.NONE);
    }

    private static Continuation continuation(TextAnswer answer) {
        boolean limited = answer.end() == TextAnswer.End.LENGTH;
        return new Continuation(
                answer.text(), answer.newTokens(), answer.prefillSeconds() + answer.decodeSeconds(), limited);
    }
}
