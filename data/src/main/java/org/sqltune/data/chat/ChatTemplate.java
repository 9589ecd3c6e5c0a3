package org.sqltune.data.chat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.TemplateSettings.AssistantLoss;
import org.sqltune.core.example.ChatMessage;
import org.sqltune.core.example.ChatMessage.Role;
import org.sqltune.core.example.Conversation;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.chat.jinja.JinjaTemplate;
import org.sqltune.data.chat.jinja.JinjaTemplate.Rendered;
import org.sqltune.data.chat.jinja.value.JinjaException;

/**
 * A model's chat template. It renders conversations with special tokens, like {@code apply_chat_template} of
 * transformers. Thread-safe.
 */
public final class ChatTemplate {
    /**
     * The chat template for models without one: the instruction brackets of the bundled models. A system message
     * precedes the first question, and each answer ends with EOS.
     */
    public static final String INSTRUCTION_BRACKETS = """
            {%- set ns = namespace(before='') -%}
            {{- bos_token -}}
            {%- for message in messages -%}
            {%- if message.role == 'system' -%}
            {%- set ns.before = message.content + '\\n' -%}
            {%- elif message.role == 'user' -%}
            {{- '[INST] ' + ns.before + message.content + ' [/INST]' -}}
            {%- set ns.before = '' -%}
            {%- else -%}
            {% generation %}{{- message.content + eos_token -}}{% endgeneration %}
            {%- endif -%}
            {%- endfor -%}
            """;

    private final String text;
    private final JinjaTemplate template;
    private final Map<String, String> tokens;
    private final Clock clock;

    private ChatTemplate(String text, JinjaTemplate template, Map<String, String> tokens, Clock clock) {
        this.text = text;
        this.template = template;
        this.tokens = Map.copyOf(tokens);
        this.clock = clock;
    }

    /**
     * Parses a template.
     *
     * @param text the Jinja template
     * @param source the template's origin, for error messages
     * @param tokens the texts of special tokens by their template names: {@code bos_token}, {@code eos_token} …
     * @throws SqlTuneException if it isn't a valid template; the message names the source and the line
     */
    public static ChatTemplate of(String text, String source, Map<String, String> tokens) {
        return of(text, source, tokens, Clock.systemDefaultZone());
    }

    /** Like {@link #of(String, String, Map)}, with a clock that gives {@code strftime_now} the time and the zone. */
    public static ChatTemplate of(String text, String source, Map<String, String> tokens, Clock clock) {
        try {
            return new ChatTemplate(text, JinjaTemplate.parse(text), tokens, clock);
        } catch (JinjaException e) {
            throw new SqlTuneException(
                    source + " is no chat template: " + e.getMessage()
                            + "; correct it, or name another with data.chat_template",
                    e);
        }
    }

    /** Returns the template's text. */
    public String text() {
        return text;
    }

    /**
     * Returns the prompt of a conversation for the model to continue.
     *
     * @param name a name of the conversation, for error messages
     * @throws SqlTuneException if the template rejects the conversation
     */
    public String prompt(String name, List<ChatMessage> messages) {
        return render(name, messages, true).text();
    }

    /**
     * Returns the text that the template writes after a last answer, such as {@code <|im_end|>} and a line break;
     * empty if it rejects an answer to a plain question.
     */
    public String behindAnswer() {
        String answer = "z0K";
        List<ChatMessage> messages =
                List.of(new ChatMessage(Role.USER, "Q7x"), new ChatMessage(Role.ASSISTANT, answer));
        try {
            String text = render("the end of an answer", messages, false).text();
            int place = text.lastIndexOf(answer);
            return place < 0 ? "" : text.substring(place + answer.length());
        } catch (SqlTuneException refused) {
            return "";
        }
    }

    /**
     * Returns a conversation as a training example. Its targets are the {@code generation} blocks that the template
     * marks. Without such blocks they are found by comparing renderings: each answer from the end of its turn's
     * prompt to the end of its turn.
     *
     * @param name the row, for error messages
     * @throws SqlTuneException if the template rejects the conversation, or omits an answer to learn
     */
    public PromptCompletion example(String name, Conversation conversation, AssistantLoss loss) {
        List<Integer> answers = conversation.learned();
        Rendered whole = render(name, conversation.messages(), false);
        List<JinjaTemplate.Span> spans = template.marksGeneration()
                ? marked(name, conversation, whole)
                : new AnswerSpans(messages -> render(name, messages, false).text(), messages -> prompt(name, messages))
                        .find(conversation.messages(), answers, whole.text());
        if (loss == AssistantLoss.LAST && spans.size() > 1) {
            spans = spans.subList(spans.size() - 1, spans.size());
        }
        if (spans.isEmpty()) {
            throw new SqlTuneException(
                    name + ": the chat template writes no answer of the conversation, so there is nothing"
                            + " to learn; remove the row, or name another template with data.chat_template");
        }
        int start = spans.get(0).start();
        List<PromptCompletion.Span> learned = spans.stream()
                .map(each -> new PromptCompletion.Span(each.start() - start, each.end() - start))
                .toList();
        return new PromptCompletion(
                conversation.id(),
                whole.text().substring(0, start),
                whole.text().substring(start),
                learned);
    }

    /** Returns the non-empty marked spans, without answers that are only context. */
    private List<JinjaTemplate.Span> marked(String name, Conversation conversation, Rendered whole) {
        List<JinjaTemplate.Span> spans = new ArrayList<>(whole.generated());
        if (conversation.learnedFrom() > 0) {
            List<ChatMessage> context = conversation.messages().subList(0, conversation.learnedFrom());
            int earlier = render(name, context, false).generated().size();
            spans = spans.subList(Math.min(earlier, spans.size()), spans.size());
        }
        return spans.stream().filter(each -> each.end() > each.start()).toList();
    }

    private Rendered render(String name, List<ChatMessage> messages, boolean prompt) {
        Map<String, @Nullable Object> values = new HashMap<>(tokens);
        values.put("messages", messages.stream().map(ChatTemplate::map).toList());
        values.put("tools", null);
        values.put("documents", null);
        values.put("add_generation_prompt", prompt);
        try {
            return template.render(values, clock);
        } catch (JinjaException e) {
            throw new SqlTuneException(
                    name + ": the chat template refuses the conversation: " + e.getMessage()
                            + "; change the row, or name another template with data.chat_template",
                    e);
        }
    }

    private static Map<String, String> map(ChatMessage message) {
        Map<String, String> map = new LinkedHashMap<>();
        map.put("role", message.role().key());
        map.put("content", message.content());
        return map;
    }
}
