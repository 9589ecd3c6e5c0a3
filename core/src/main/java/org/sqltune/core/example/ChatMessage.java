package org.sqltune.core.example;

import java.util.Locale;

/**
 * One message of a conversation.
 *
 * @param role whose it is
 * @param content its text
 */
public record ChatMessage(Role role, String content) {
    /** Who writes messages. */
    public enum Role {
        /** Whoever sets the task, before the conversation. */
        SYSTEM,
        /** Whoever asks. */
        USER,
        /** The model. */
        ASSISTANT;

        /** As chat templates and files name it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
