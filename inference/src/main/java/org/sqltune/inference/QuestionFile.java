package org.sqltune.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.ChatMessage;
import org.sqltune.core.example.ChatMessage.Role;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.example.ReadyPrompt;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.chat.MessageRows;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.RowFaults;
import org.sqltune.data.rows.RowFiles;
import org.sqltune.data.rows.UniqueIds;

/**
 * A file of questions, in any format that {@link RowFiles} reads: rows of {@code {"question"}} or {@code {"question",
 * "schema"}}, where {@code db_id}, {@code domain}, {@code complexity} and {@code evidence} may be there as well; or what is asked
 * in the user's own words, as {@code prompt}, {@code messages}, {@code conversations} or {@code instruction}. {@code id} and
 * {@code adapter}, which names the adapter to answer with, may be in any row; whatever else a row holds is ignored. A row
 * without an id gets the file's name and its line.
 */
final class QuestionFile {
    private static final MessageRows MESSAGES = new MessageRows(ColumnMapping.IDENTITY);

    private final Path file;
    private final Function<String, Optional<SchemaContent>> schemas;
    private final Set<String> adapters;

    /**
     * @param file in UTF-8
     * @param schemas the schema of rows without one, by their db_id; none if there is no such database
     * @param adapters the adapters that rows may name
     */
    QuestionFile(Path file, Function<String, Optional<SchemaContent>> schemas, Set<String> adapters) {
        this.file = file;
        this.schemas = schemas;
        this.adapters = adapters;
    }

    /**
     * All questions, in the file's order.
     *
     * @throws SqlTuneException if the file is missing or empty, or a row is broken or without schema: names file and line
     */
    List<AskedQuestion> read() {
        List<AskedQuestion> questions = new ArrayList<>();
        UniqueIds ids = new UniqueIds();
        RowFiles.forEach(
                file,
                RowFaults.STRICT,
                row -> questions.add(new AskedQuestion(question(ids.of(row), row), adapter(row))));
        return questions;
    }

    private SqlQuestion question(String id, JsonRow row) {
        if (row.has("question")) {
            return asked(id, row);
        }
        if (row.has("messages") || row.has("conversations")) {
            return SqlQuestion.of(id, ReadyPrompt.ofMessages(untilAnswer(row)));
        }
        if (row.has("instruction")) {
            return SqlQuestion.of(id, ReadyPrompt.ofText(MESSAGES.instruction(row)));
        }
        if (row.has("prompt")) {
            return SqlQuestion.of(
                    id,
                    MessageRows.isList(row, "prompt")
                            ? ReadyPrompt.ofMessages(MESSAGES.prompt(row))
                            : ReadyPrompt.ofText(row.filledText("prompt")));
        }
        return asked(id, row);
    }

    /** Rows to train on end with the answer, which isn't asked. */
    private static List<ChatMessage> untilAnswer(JsonRow row) {
        List<ChatMessage> messages = MESSAGES.messages(row);
        int last = messages.size() - 1;
        List<ChatMessage> asked = messages.get(last).role() == Role.ASSISTANT ? messages.subList(0, last) : messages;
        if (asked.isEmpty()) {
            throw row.fault("the messages hold an answer and no question; add what is asked");
        }
        return asked;
    }

    private SqlQuestion asked(String id, JsonRow row) {
        String text = row.filledText("question");
        SchemaContent schema = schema(row);
        return new SqlQuestion(
                id,
                row.textOr("db_id", schema.databaseId()),
                text,
                schema,
                new QuestionContext(
                        row.textOr("domain", ""), row.textOr("complexity", ""), row.textOr("evidence", "")));
    }

    private @Nullable String adapter(JsonRow row) {
        if (!row.has("adapter")) {
            return null;
        }
        String name = row.filledText("adapter");
        if (!adapters.contains(name)) {
            throw row.fault("\"adapter\" is " + name + ", but there is only " + String.join(", ", adapters));
        }
        return name;
    }

    private SchemaContent schema(JsonRow row) {
        if (row.has("schema")) {
            return new VerbatimSchema(row.filledText("schema"));
        }
        String databaseId = row.textOr("db_id", "");
        return schemas.apply(databaseId)
                .orElseThrow(() -> row.fault("\"schema\" is missing and there is no other"
                        + (databaseId.isEmpty() ? "" : " for db_id " + databaseId)
                        + "; add it to the row, or name a schema or a database for all rows"));
    }
}
