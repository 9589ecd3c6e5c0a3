package org.sqltune.data.chat;

import org.sqltune.core.example.Conversation;
import org.sqltune.core.example.PromptCompletion;

/** A row that is trained on unchanged: texts or a conversation. */
public sealed interface TextRow {
    /** Returns the id, unique within the data set. */
    String id();

    /** Returns the row's file and line, for error messages. */
    String place();

    /** Returns the same row with another id. */
    TextRow withId(String id);

    /**
     * A prompt and a completion.
     *
     * @param texts the texts, without special tokens
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
     * @param conversation the messages, with at least one answer to learn
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
