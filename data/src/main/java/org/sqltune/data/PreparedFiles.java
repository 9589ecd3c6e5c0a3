package org.sqltune.data;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.data.chat.TextRow;
import org.sqltune.data.prompt.ChatPrompt;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.data.source.TextRowsFile;
import org.sqltune.data.split.Splits;

/**
 * Writes a data set as JSON Lines: {@code train.jsonl}, {@code validation.jsonl} and {@code test.jsonl}. Rows are
 * created while they are written, so that only the examples are in memory.
 */
public final class PreparedFiles {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final Path folder;
    private final Function<Example, ObjectNode> row;

    private PreparedFiles(Path folder, Function<Example, ObjectNode> row) {
        this.folder = folder;
        this.row = row;
    }

    /**
     * Returns a writer of {@code id}, {@code prompt} and {@code completion}, which any trainer reads: texts, or lists
     * of messages if a chat template wraps the prompt.
     */
    public static PreparedFiles ofPrompts(Path folder, PromptTemplate template) {
        if (template instanceof ChatPrompt chat) {
            return new PreparedFiles(
                    folder, example -> TextRowsFile.json(new TextRow.Chat(chat.conversation(example), example.id())));
        }
        return new PreparedFiles(
                folder,
                example -> MAPPER.createObjectNode()
                        .put("id", example.id())
                        .put("prompt", template.render(example.toQuestion()))
                        .put("completion", template.completion(example)));
    }

    /**
     * Returns a writer of {@code id}, {@code db_id}, {@code question}, {@code schema}, {@code sql} and further
     * columns that have a value.
     */
    public static PreparedFiles ofQuestions(Path folder, SchemaSerializer schemas) {
        return new PreparedFiles(folder, example -> question(example, schemas));
    }

    private static ObjectNode question(Example example, SchemaSerializer schemas) {
        ObjectNode row = MAPPER.createObjectNode()
                .put("id", example.id())
                .put("db_id", example.databaseId())
                .put("question", example.question())
                .put("schema", schemas.serialize(example.schema()))
                .put("sql", example.sql());
        Map<String, String> more = Map.of(
                "explanation", example.explanation() == null ? "" : example.explanation(),
                "domain", example.context().domain(),
                "complexity", example.context().complexity(),
                "evidence", example.context().evidence());
        more.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .forEach(each -> row.put(each.getKey(), each.getValue()));
        return row;
    }

    /**
     * A written file and its number of rows.
     *
     * @param file the file
     * @param rows number of rows
     */
    public record Written(Path file, int rows) {}

    /**
     * Writes every non-empty part.
     *
     * @throws org.sqltune.core.SqlTuneException if a file can't be written; an existing file stays
     */
    public List<Written> write(Splits<Example> splits) {
        List<Written> written = new ArrayList<>();
        write("train", splits.train(), written);
        write("validation", splits.validation(), written);
        write("test", splits.test(), written);
        splits.furtherTests().forEach((name, examples) -> write(name, examples, written));
        return written;
    }

    private void write(String part, List<Example> examples, List<Written> written) {
        if (examples.isEmpty()) {
            return;
        }
        Path file = folder.resolve(part + ".jsonl");
        AtomicFiles.write(file, out -> {
            OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
            for (Example example : examples) {
                buffered.write(MAPPER.writeValueAsBytes(row.apply(example)));
                buffered.write('\n');
            }
            buffered.flush();
        });
        written.add(new Written(file, examples.size()));
    }
}
