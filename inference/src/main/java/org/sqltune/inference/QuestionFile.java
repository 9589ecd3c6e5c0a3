package org.sqltune.inference;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.JsonRows;
import org.sqltune.data.rows.UniqueIds;

/**
 * A file of questions: JSON Lines of {@code {"question"}} or {@code {"question", "schema"}}, where {@code id}, {@code
 * db_id}, {@code domain}, {@code complexity}, {@code evidence} and {@code adapter}, which names the adapter to answer with,
 * may be there as well; whatever else a row holds is ignored. A row without an id gets the file's name and its line.
 */
final class QuestionFile {
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
        JsonRows.forEach(file, row -> questions.add(new AskedQuestion(question(ids.of(row), row), adapter(row))));
        return questions;
    }

    private SqlQuestion question(String id, JsonRow row) {
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
