package org.sqltune.data.chat;

import org.sqltune.core.example.Conversation;
import org.sqltune.core.example.PromptCompletion;

/** A row that is trained on as it is: texts, or a conversation. */
public sealed interface TextRow {
    /** Unique within its data set. */
    String id();

    /** Returns where it comes from, for messages: file and line. */
    String place();

    /** Returns the same row by another id. */
    TextRow withId(String id);

    /**
     * A prompt and a completion.
     *
     * @param texts without special tokens
     * @param place file and line
     */
    record Texts(PromptCompletion texts, String place) implements TextRow {
        @Override
        public String id() {
            return texts.id();
        }

        @Override
        public TextRow withId(String id) {
            return new Texts(new PromptCompletion(id, texts.prompt(), texts.completion(), texts.learned()), place);
        }
    }

    /**
     * Messages.
     *
     * @param conversation with at least one answer to learn
     * @param place file and line
     */
    record Chat(Conversation conversation, String place) implements TextRow {
        @Override
        public String id() {
            return conversation.id();
        }

        @Override
        public TextRow withId(String id) {
            return new Chat(new Conversation(id, conversation.messages(), conversation.learnedFrom()), place);
        }
    }
}
