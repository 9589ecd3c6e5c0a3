package org.sqltune.core.example;

import java.util.List;

/**
 * A training example for a language model: a prompt and its completion.
 *
 * <p>Without spans, prompt and completion are texts without special tokens, and the whole completion is learned. With spans,
 * both together are what a chat template wrote, special tokens included, and only the spans are learned.
 *
 * @param id unique within its data set
 * @param prompt the text before the answer
 * @param completion the answer, without the end-of-sequence token; of a conversation, everything from its first learned span
 * @param learned spans of the completion that are learned, in order; empty for the whole completion
 */
public record PromptCompletion(String id, String prompt, String completion, List<Span> learned) {
    public PromptCompletion {
        learned = List.copyOf(learned);
    }

    /** A prompt and a completion without special tokens. */
    public PromptCompletion(String id, String prompt, String completion) {
        this(id, prompt, completion, List.of());
    }

    /**
     * A part of a completion.
     *
     * @param start index of its first UTF-16 code unit in the completion
     * @param end index behind its last one
     */
    public record Span(int start, int end) {}

    /** Whether a chat template wrote the texts, special tokens included. */
    public boolean isChat() {
        return !learned.isEmpty();
    }
}
