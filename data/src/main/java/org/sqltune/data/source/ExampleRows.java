package org.sqltune.data.source;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.schema.SchemaContent;

/** Writes examples as JSON Lines that {@code data.train_file} accepts. */
public final class ExampleRows {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ExampleRows() {}

    /**
     * Writes rows of {@code id, db_id, question, schema, sql}, and {@code explanation, complexity, domain} if known.
     *
     * @param schemas writes a schema as text
     * @throws org.sqltune.core.SqlTuneException if the file can't be written
     */
    public static void write(Path file, List<Example> examples, Function<SchemaContent, String> schemas) {
        AtomicFiles.write(file, out -> {
            OutputStream buffered = new BufferedOutputStream(out);
            for (Example example : examples) {
                buffered.write(MAPPER.writeValueAsBytes(row(example, schemas)));
                buffered.write('\n');
            }
            buffered.flush();
        });
    }

    /** Returns an example as a row of this form. */
    public static Map<String, Object> row(Example example, Function<SchemaContent, String> schemas) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", example.id());
        row.put("db_id", example.databaseId());
        row.put("question", example.question());
        row.put("schema", schemas.apply(example.schema()));
        row.put("sql", example.sql());
        if (example.explanation() != null) {
            row.put("explanation", example.explanation());
        }
        if (!example.context().complexity().isEmpty()) {
            row.put("complexity", example.context().complexity());
        }
        if (!example.context().domain().isEmpty()) {
            row.put("domain", example.context().domain());
        }
        return row;
    }
}
