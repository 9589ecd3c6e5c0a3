package org.sqltune.core.example;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.example.ChatMessage.Role;

/**
 * A conversation to train on, or to continue.
 *
 * @param id unique within its data set
 * @param messages at least one, in order
 * @param learnedFrom index of the first message whose answers are learned: the model's messages before it are context
 */
public record Conversation(String id, List<ChatMessage> messages, int learnedFrom) {
    public Conversation {
        messages = List.copyOf(messages);
    }

    /** All of the model's messages are learned. */
    public Conversation(String id, List<ChatMessage> messages) {
        this(id, messages, 0);
    }

    /** The same, with a system message at the beginning unless there is one. */
    public Conversation withSystem(String content) {
        if (messages.get(0).role() == Role.SYSTEM) {
            return this;
        }
        List<ChatMessage> more = new ArrayList<>();
        more.add(new ChatMessage(Role.SYSTEM, content));
        more.addAll(messages);
        return new Conversation(id, more, learnedFrom == 0 ? 0 : learnedFrom + 1);
    }

    /** Indices of the messages that are learned. */
    public List<Integer> learned() {
        List<Integer> learned = new ArrayList<>();
        for (int i = learnedFrom; i < messages.size(); i++) {
            if (messages.get(i).role() == Role.ASSISTANT) {
                learned.add(i);
            }
        }
        return learned;
    }
}
