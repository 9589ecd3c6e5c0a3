package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.TemplateSettings.AssistantLoss;
import org.sqltune.core.example.ChatMessage;
import org.sqltune.core.example.ChatMessage.Role;
import org.sqltune.core.example.Conversation;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.example.ReadyPrompt;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.data.chat.ChatTemplate;

/**
 * Wraps a prompt as a user message in a chat template. It removes the prompt's instruction brackets, since the chat
 * template has its own.
 *
 * @param inner writes the user message
 * @param template supplies the chat template
 * @param system the system message; null for none
 * @param wrapsTexts whether questions and texts are wrapped; otherwise the chat template renders only conversations
 */
public record ChatPrompt(
        PromptTemplate inner,
        Supplier<ChatTemplate> template,
        @Nullable String system,
        boolean wrapsTexts) implements PromptTemplate {
    private static final String OPENING = "[INST] ";
    private static final String CLOSING = " [/INST]";

    /** Creates a prompt that wraps questions and texts. */
    public ChatPrompt(PromptTemplate inner, Supplier<ChatTemplate> template, @Nullable String system) {
        this(inner, template, system, true);
    }

    /** Returns the messages of a question. */
    public List<ChatMessage> messages(SqlQuestion question) {
        ReadyPrompt ready = question.ready();
        if (ready != null) {
            Conversation conversation = new Conversation(question.id(), ready.messages());
            return system == null
                    ? conversation.messages()
                    : conversation.withSystem(system).messages();
        }
        String text = inner.render(question);
        if (text.startsWith(OPENING) && text.endsWith(CLOSING)) {
            text = text.substring(OPENING.length(), text.length() - CLOSING.length());
        }
        List<ChatMessage> messages = new ArrayList<>();
        if (system != null) {
            messages.add(new ChatMessage(Role.SYSTEM, system));
        }
        messages.add(new ChatMessage(Role.USER, text));
        return messages;
    }

    /** Returns an example as a conversation whose only target is the last message. */
    public Conversation conversation(Example example) {
        List<ChatMessage> messages = messages(example.toQuestion());
        int asked = messages.size();
        messages.add(new ChatMessage(Role.ASSISTANT, inner.completion(example)));
        return new Conversation(example.id(), messages, asked);
    }

    @Override
    public String render(SqlQuestion question) {
        return isChat(question)
                ? template.get().prompt("question " + question.id(), messages(question))
                : inner.render(question);
    }

    /** Returns an empty text for a wrapped prompt, which the chat template renders as a whole. */
    @Override
    public String prefix(SqlQuestion question) {
        return isChat(question) ? "" : inner.prefix(question);
    }

    @Override
    public String request(SqlQuestion question) {
        return isChat(question) ? render(question) : inner.request(question);
    }

    @Override
    public String completion(Example example) {
        return inner.completion(example);
    }

    @Override
    public PromptCompletion promptCompletion(Example example) {
        return !wrapsTexts
                ? inner.promptCompletion(example)
                : template.get().example("example " + example.id(), conversation(example), AssistantLoss.ALL);
    }

    @Override
    public boolean isChat(SqlQuestion question) {
        ReadyPrompt ready = question.ready();
        return wrapsTexts || (ready != null && !ready.isText());
    }

    @Override
    public String extractSql(String generated) {
        return inner.extractSql(generated);
    }
}
