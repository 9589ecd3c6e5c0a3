package org.sqltune.inference.answer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sqltune.model.generation.GenerationSettings;

/**
 * Something to be answered.
 *
 * @param adapter which adapter answers; empty for the base alone
 * @param prompt what is asked
 * @param decoding how the answer's tokens are chosen
 * @param constraint what the answer may be
 * @param stopTexts texts that end the answer and aren't part of it
 * @param priority requests of a higher one start first
 * @param deadline from its submission on; when it has passed the answer ends as it is. Empty for none
 */
public record AnswerRequest(
        Optional<String> adapter,
        AnswerPrompt prompt,
        GenerationSettings decoding,
        AnswerConstraint constraint,
        List<String> stopTexts,
        int priority,
        Optional<Duration> deadline) {
    public AnswerRequest {
        stopTexts = List.copyOf(stopTexts);
    }

    /** The base's answer. */
    public static AnswerRequest of(AnswerPrompt prompt, GenerationSettings decoding) {
        return new AnswerRequest(
                Optional.empty(), prompt, decoding, AnswerConstraint.NONE, List.of(), 0, Optional.empty());
    }

    /** The same of an adapter. */
    public AnswerRequest withAdapter(String name) {
        return new AnswerRequest(Optional.of(name), prompt, decoding, constraint, stopTexts, priority, deadline);
    }

    /** The same with a constraint. */
    public AnswerRequest withConstraint(AnswerConstraint other) {
        return new AnswerRequest(adapter, prompt, decoding, other, stopTexts, priority, deadline);
    }

    /** The same with other texts that end it. */
    public AnswerRequest withStopTexts(List<String> texts) {
        return new AnswerRequest(adapter, prompt, decoding, constraint, texts, priority, deadline);
    }

    /** The same with another priority. */
    public AnswerRequest withPriority(int other) {
        return new AnswerRequest(adapter, prompt, decoding, constraint, stopTexts, other, deadline);
    }

    /** The same with a deadline. */
    public AnswerRequest withDeadline(Duration duration) {
        return new AnswerRequest(adapter, prompt, decoding, constraint, stopTexts, priority, Optional.of(duration));
    }
}
