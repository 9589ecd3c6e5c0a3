package org.sqltune.inference.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TokenConstraint;

/**
 * A text to be continued.
 *
 * @param adapter which adapter continues it; empty for the base alone
 * @param prompt the text, as the model was trained to read it
 * @param settings how to decode
 * @param stopTexts texts that end the answer and aren't part of it, wherever in a token they begin
 * @param priority requests of a higher one start first; those of one priority in the order in which they came
 * @param deadline from its submission on; when it has passed the answer ends as it is. Empty for none
 * @param constraint what may follow the prompt, at its beginning; a copy of it follows each text. Empty for anything
 * @param chat whether a chat template wrote the prompt, special tokens included, so that none is put before it
 */
public record TextRequest(
        Optional<String> adapter,
        String prompt,
        GenerationSettings settings,
        List<String> stopTexts,
        int priority,
        Optional<Duration> deadline,
        Optional<TokenConstraint> constraint,
        boolean chat) {
    public TextRequest {
        stopTexts = List.copyOf(stopTexts);
        if (stopTexts.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("a stop text is empty: it would end every answer before it begins");
        }
    }

    /** A request without a constraint. */
    public TextRequest(
            Optional<String> adapter,
            String prompt,
            GenerationSettings settings,
            List<String> stopTexts,
            int priority,
            Optional<Duration> deadline) {
        this(adapter, prompt, settings, stopTexts, priority, deadline, Optional.empty(), false);
    }

    /** The base's answer to a prompt. */
    public static TextRequest of(String prompt, GenerationSettings settings) {
        return new TextRequest(Optional.empty(), prompt, settings, List.of(), 0, Optional.empty());
    }

    /** The same of an adapter. */
    public TextRequest withAdapter(String name) {
        return new TextRequest(Optional.of(name), prompt, settings, stopTexts, priority, deadline, constraint, chat);
    }

    /** The same with other texts that end it. */
    public TextRequest withStopTexts(List<String> texts) {
        return new TextRequest(adapter, prompt, settings, texts, priority, deadline, constraint, chat);
    }

    /** The same with another priority. */
    public TextRequest withPriority(int newPriority) {
        return new TextRequest(adapter, prompt, settings, stopTexts, newPriority, deadline, constraint, chat);
    }

    /** The same of a prompt that a chat template wrote. */
    public TextRequest ofChat() {
        return new TextRequest(adapter, prompt, settings, stopTexts, priority, deadline, constraint, true);
    }

    /** The same with another seed. */
    public TextRequest withSeed(long seed) {
        return new TextRequest(
                adapter, prompt, settings.withSeed(seed), stopTexts, priority, deadline, constraint, chat);
    }

    /** The same with a deadline. */
    public TextRequest withDeadline(Duration duration) {
        return new TextRequest(adapter, prompt, settings, stopTexts, priority, Optional.of(duration), constraint, chat);
    }

    /** The same where a constraint decides what may follow; it stays as it is. */
    public TextRequest withConstraint(TokenConstraint beginning) {
        return new TextRequest(
                adapter, prompt, settings, stopTexts, priority, deadline, Optional.of(beginning.copy()), chat);
    }
}
