package org.sqltune.data.source;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.example.ChatMessage;
import org.sqltune.core.example.Conversation;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.data.chat.MessageRows;
import org.sqltune.data.chat.TextRow;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.RowFaults;
import org.sqltune.data.rows.RowFiles;
import org.sqltune.data.rows.RowKind;
import org.sqltune.data.rows.UniqueIds;

/**
 * Reads and writes files of rows that are trained on unchanged. It reads every kind of {@link MessageRows}, and
 * writes TRL's prompt-completion and conversational forms: {@code {"id", "prompt", "completion"}}, {@code {"id",
 * "messages"}}, or prompt and completion as lists of messages.
 */
public final class TextRowsFile {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private TextRowsFile() {}

    /**
     * Reads a file. Rows may be of different kinds.
     *
     * @param faults receives broken rows
     * @throws org.sqltune.core.SqlTuneException if it is missing or empty, or has questions, or if {@code faults}
     *     throws it
     */
    public static List<TextRow> read(Path file, ColumnMapping mapping, RowFaults faults) {
        RowKind kind = RowKind.of(file, mapping);
        MessageRows messages = new MessageRows(mapping);
        List<TextRow> rows = new ArrayList<>();
        UniqueIds ids = new UniqueIds(mapping.name("id"));
        RowFiles.forEach(file, mapping.wanted(), faults, row -> {
            RowKind own = RowKind.of(row, mapping);
            rows.add(row(messages, own == null ? kind : own, ids, row));
        });
        return rows;
    }

    private static TextRow row(MessageRows messages, RowKind kind, UniqueIds ids, JsonRow row) {
        if (kind == RowKind.QUESTION_SQL) {
            throw row.fault("the file holds questions with SQL, not texts");
        }
        return messages.row(kind, ids.of(row), row);
    }

    /**
     * Writes a file, one row per line.
     *
     * @throws org.sqltune.core.SqlTuneException if it can't be written; an existing file stays
     */
    public static void write(Path file, List<? extends TextRow> rows) {
        AtomicFiles.write(file, out -> {
            OutputStream buffered = new BufferedOutputStream(out);
            for (TextRow row : rows) {
                buffered.write(MAPPER.writeValueAsBytes(json(row)));
                buffered.write('\n');
            }
            buffered.flush();
        });
    }

    /** Returns a row as JSON. */
    public static ObjectNode json(TextRow row) {
        ObjectNode json = MAPPER.createObjectNode().put("id", row.id());
        if (row instanceof TextRow.Texts texts) {
            PromptCompletion each = texts.texts();
            return json.put("prompt", each.prompt()).put("completion", each.completion());
        }
        Conversation conversation = ((TextRow.Chat) row).conversation();
        List<ChatMessage> messages = conversation.messages();
        if (conversation.learnedFrom() == 0) {
            add(json.putArray("messages"), messages);
        } else {
            add(json.putArray("prompt"), messages.subList(0, conversation.learnedFrom()));
            add(json.putArray("completion"), messages.subList(conversation.learnedFrom(), messages.size()));
        }
        return json;
    }

    private static void add(ArrayNode list, List<ChatMessage> messages) {
        messages.forEach(each -> list.addObject().put("role", each.role().key()).put("content", each.content()));
    }
}
