package org.sqltune.core.example;

import java.util.List;
import org.sqltune.core.example.ChatMessage.Role;

/**
 * What a model is asked in the user's own words, instead of a question with a schema.
 *
 * @param messages at least one
 * @param isText whether it is a single text, which is asked as it is unless the model was trained with a chat template
 */
public record ReadyPrompt(List<ChatMessage> messages, boolean isText) {
    public ReadyPrompt {
        messages = List.copyOf(messages);
    }

    /** A single text. */
    public static ReadyPrompt ofText(String text) {
        return new ReadyPrompt(List.of(new ChatMessage(Role.USER, text)), true);
    }

    /** A conversation to continue. */
    public static ReadyPrompt ofMessages(List<ChatMessage> messages) {
        return new ReadyPrompt(messages, false);
    }

    /** The last message's text. */
    public String last() {
        return messages.get(messages.size() - 1).content();
    }
}
