package org.sqltune.data.chat;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.TemplateSettings;
import org.sqltune.core.example.ChatMessage;
import org.sqltune.core.example.ChatMessage.Role;
import org.sqltune.core.example.Conversation;
import org.sqltune.core.example.PromptCompletion;

/**
 * Converts rows to training examples. The chat template renders conversations; texts stay unchanged unless a chat
 * template is requested, which makes a prompt a user message.
 */
public final class ChatTexts {
    private final TemplateSettings settings;
    private final Supplier<ChatTemplate> template;
    private @Nullable ChatTemplate found;

    /**
     * @param settings the template, the system message, and which answers are targets
     * @param template supplies the template; called once, for the first conversation
     */
    public ChatTexts(TemplateSettings settings, Supplier<ChatTemplate> template) {
        this.settings = settings;
        this.template = template;
    }

    /**
     * Returns a row as a training example.
     *
     * @throws org.sqltune.core.SqlTuneException if the template rejects it, or there is none
     */
    public PromptCompletion of(TextRow row) {
        if (row instanceof TextRow.Chat chat) {
            return written(chat.conversation(), row.place());
        }
        PromptCompletion texts = ((TextRow.Texts) row).texts();
        if (settings.chatTemplate() == null && settings.systemPrompt() != null) {
            throw new SqlTuneException(row.place() + ": the row holds texts, which are trained on as they are, but"
                    + " data.system_prompt is set: set data.chat_template=model too, or write it into the rows");
        }
        return settings.chatTemplate() == null
                ? texts
                : written(
                        new Conversation(
                                texts.id(),
                                List.of(
                                        new ChatMessage(Role.USER, texts.prompt()),
                                        new ChatMessage(Role.ASSISTANT, texts.completion()))),
                        row.place());
    }

    private PromptCompletion written(Conversation conversation, String place) {
        String system = settings.systemPrompt();
        return template()
                .example(
                        place,
                        system == null ? conversation : conversation.withSystem(system),
                        settings.assistantLoss());
    }

    private synchronized ChatTemplate template() {
        if (found == null) {
            found = template.get();
        }
        return found;
    }
}
