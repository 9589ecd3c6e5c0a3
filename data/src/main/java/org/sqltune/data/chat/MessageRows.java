package org.sqltune.data.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.ChatMessage;
import org.sqltune.core.example.ChatMessage.Role;
import org.sqltune.core.example.Conversation;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.RowKind;

/**
 * Reads rows of texts and messages: {@code messages} of role and content, ShareGPT's {@code conversations} of from
 * and value, TRL's {@code prompt} and {@code completion} as texts or as lists of messages, and alpaca's {@code
 * instruction}, {@code input} and {@code output}. A list of messages may also be its JSON as a text, since CSV has no
 * lists.
 */
public final class MessageRows {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final Map<String, Role> ROLES = Map.of(
            "system", Role.SYSTEM,
            "user", Role.USER,
            "human", Role.USER,
            "assistant", Role.ASSISTANT,
            "gpt", Role.ASSISTANT,
            "model", Role.ASSISTANT);

    private final ColumnMapping mapping;

    /** @param mapping the field names */
    public MessageRows(ColumnMapping mapping) {
        this.mapping = mapping;
    }

    /**
     * Returns a row as a training row.
     *
     * @param kind the kind of the file's rows
     * @param id the row's id
     * @throws SqlTuneException if the row is broken, or has no answer; the message names file and line
     */
    public TextRow row(RowKind kind, String id, JsonRow row) {
        return switch (kind) {
            case PROMPT_COMPLETION -> promptCompletion(id, row);
            case MESSAGES -> learned(new Conversation(id, messages(row)), row);
            case INSTRUCTION -> instruction(id, row);
            case QUESTION_SQL -> throw new IllegalArgumentException("Questions aren't texts");
        };
    }

    /**
     * Returns the messages of a row of {@code messages} or {@code conversations}.
     *
     * @throws SqlTuneException if the row is broken; the message names file and line
     */
    public List<ChatMessage> messages(JsonRow row) {
        refuseTools(row);
        String key = mapping.name(row.has(mapping.name("messages")) ? "messages" : "conversations");
        return withSystem(list(row, key), row);
    }

    /**
     * Returns the messages of a row whose {@code prompt} is a list of messages.
     *
     * @throws SqlTuneException if the row is broken; the message names file and line
     */
    public List<ChatMessage> prompt(JsonRow row) {
        refuseTools(row);
        return withSystem(list(row, mapping.name("prompt")), row);
    }

    /** Adds the row's {@code system} if no message has that role. */
    private List<ChatMessage> withSystem(List<ChatMessage> messages, JsonRow row) {
        String system = row.textOr(mapping.name("system"), "");
        return system.isBlank()
                ? messages
                : new Conversation(row.id(), messages).withSystem(system).messages();
    }

    private TextRow promptCompletion(String id, JsonRow row) {
        String prompt = mapping.name("prompt");
        String completion = mapping.name("completion");
        if (!isList(row, prompt)) {
            return new TextRow.Texts(
                    new PromptCompletion(id, row.filledText(prompt), row.filledText(completion)), row.place());
        }
        List<ChatMessage> messages = new ArrayList<>(prompt(row));
        int learnedFrom = messages.size();
        if (isList(row, completion)) {
            messages.addAll(list(row, completion));
        } else {
            messages.add(new ChatMessage(Role.ASSISTANT, row.filledText(completion)));
        }
        return learned(new Conversation(id, messages, learnedFrom), row);
    }

    /** Returns an instruction row as texts: the instruction, a blank line, and the input. */
    private TextRow instruction(String id, JsonRow row) {
        if (row.has("history") && !row.object().get("history").isEmpty()) {
            throw row.fault("\"history\" holds earlier turns, which instruction rows can't have here;"
                    + " write the row as messages");
        }
        String output = mapping.name("output");
        return new TextRow.Texts(new PromptCompletion(id, instruction(row), row.filledText(output)), row.place());
    }

    /** Returns the prompt of a row of instruction and input. */
    public String instruction(JsonRow row) {
        String system = row.textOr(mapping.name("system"), "");
        String input = row.textOr(mapping.name("input"), "");
        return (system.isBlank() ? "" : system + "\n\n")
                + row.filledText(mapping.name("instruction"))
                + (input.isBlank() ? "" : "\n\n" + input);
    }

    private static TextRow learned(Conversation conversation, JsonRow row) {
        if (conversation.learned().isEmpty()) {
            throw row.fault(
                    "no message is an assistant's, so there is nothing to learn; add the answer or remove the row");
        }
        return new TextRow.Chat(conversation, row.place());
    }

    private static void refuseTools(JsonRow row) {
        for (String key : List.of("tools", "functions", "images")) {
            if (row.has(key) && !row.object().get(key).isEmpty()) {
                throw row.fault("\"" + key + "\" isn't read: SqlTune trains on texts; remove it or the row");
            }
        }
    }

    /** Returns whether a key has a list, or the JSON of one. */
    public static boolean isList(JsonRow row, String key) {
        JsonNode value = row.object().path(key);
        return value.isArray()
                || (value.isTextual() && value.textValue().strip().startsWith("[{"));
    }

    private List<ChatMessage> list(JsonRow row, String key) {
        JsonNode value = value(row, key);
        if (!value.isArray() || value.isEmpty()) {
            throw row.fault("\"" + key + "\" is " + shown(value) + " instead of a list of messages, each with role and"
                    + " content");
        }
        List<ChatMessage> messages = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            messages.add(message(row, key + "[" + i + "]", value.get(i)));
        }
        return messages;
    }

    private static JsonNode value(JsonRow row, String key) {
        JsonNode value = row.object().path(key);
        if (!value.isTextual()) {
            return value;
        }
        try {
            return MAPPER.readTree(value.textValue());
        } catch (JsonProcessingException e) {
            throw row.fault("\"" + key + "\" is a text but not the JSON of a list of messages: " + shown(value)
                    + "; check its quotes and brackets");
        }
    }

    private static ChatMessage message(JsonRow row, String place, JsonNode message) {
        boolean shareGpt = !message.has("role") && message.has("from");
        JsonNode role = message.path(shareGpt ? "from" : "role");
        JsonNode content = message.path(shareGpt ? "value" : "content");
        if (!role.isTextual()) {
            throw row.fault(place + " has no role: " + shown(message) + "; give it role and content");
        }
        Role known = ROLES.get(role.textValue().strip().toLowerCase(Locale.ROOT));
        if (known == null) {
            throw row.fault(place + " has the role '" + role.textValue() + "', which isn't known: use system, user or"
                    + " assistant (or system, human, gpt)");
        }
        if (message.hasNonNull("tool_calls") || message.hasNonNull("function_call")) {
            throw row.fault(place + " calls tools, which SqlTune doesn't train: remove the row");
        }
        if (!content.isTextual()) {
            throw row.fault(place + " has " + (content.isMissingNode() ? "no" : "as") + " content"
                    + (content.isMissingNode() ? "" : " " + shown(content)) + "; make it a text");
        }
        if (content.textValue().isBlank() && known == Role.ASSISTANT) {
            throw row.fault(place + " is an empty answer; fill it or remove the row");
        }
        return new ChatMessage(known, content.textValue());
    }

    private static String shown(JsonNode value) {
        String text = value.isMissingNode() ? "missing" : value.toString();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
