package org.sqltune.data;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.SchemaSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.prompt.SchemaSerializer;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.data.split.Splits;

/**
 * Writes the examples' schemas: {@code schemas/<db_id>.sql} with CREATE TABLE statements, or a single {@code
 * schemas/schemas.jsonl} if there are more than {@link #MOST_FILES}; and {@code schema_index.json} with the location
 * and size of each database's schema. Schemas given as texts belong to their rows and aren't written.
 */
public final class SchemaFiles {
    static final int MOST_FILES = 1_000;

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonMapper INDENTED =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    private final Path folder;
    private final SchemaSerializer serializer;

    /**
     * @param folder the folder for {@code schemas/} and {@code schema_index.json}
     * @param shown what prompts show: the files have comments and values if prompts do; they always have keys
     */
    public SchemaFiles(Path folder, SchemaSettings shown) {
        this.folder = folder;
        this.serializer = new SchemaSerializer(
                SchemaFormat.CREATE_TABLE,
                new SchemaSettings(true, true, shown.schemaComments(), shown.schemaSampleValues(), null),
                TokenEstimate::of);
    }

    /**
     * Writes all schemas of the examples.
     *
     * @return the number of databases
     * @throws org.sqltune.core.SqlTuneException if a file can't be written; an existing file stays
     */
    public int write(Splits<Example> splits) {
        Map<String, Schema> schemas = new TreeMap<>();
        Map<String, Integer> questions = new TreeMap<>();
        splits.all().forEach(example -> {
            if (example.schema() instanceof Schema schema) {
                schemas.putIfAbsent(schema.databaseId(), schema);
                questions.merge(schema.databaseId(), 1, Integer::sum);
            }
        });
        if (schemas.isEmpty()) {
            return 0;
        }
        ObjectNode index = MAPPER.createObjectNode();
        AtomicFiles.writeFolder(folder.resolve("schemas"), target -> {
            if (schemas.size() > MOST_FILES) {
                writeOne(target, schemas, index);
            } else {
                writeEach(target, schemas, index);
            }
        });
        questions.forEach((id, count) -> ((ObjectNode) index.get(id)).put("questions", count));
        AtomicFiles.write(folder.resolve("schema_index.json"), out -> out.write(INDENTED.writeValueAsBytes(index)));
        return schemas.size();
    }

    private void writeEach(Path target, Map<String, Schema> schemas, ObjectNode index) throws IOException {
        int number = 0;
        for (Schema schema : schemas.values()) {
            number++;
            // A database's name may contain any characters, including a path out of the folder.
            String name = PLAIN.matcher(schema.databaseId()).matches() ? schema.databaseId() : "database_" + number;
            Files.writeString(target.resolve(name + ".sql"), serializer.serialize(schema) + "\n");
            describe(schema, index).put("file", "schemas/" + name + ".sql");
        }
    }

    private void writeOne(Path target, Map<String, Schema> schemas, ObjectNode index) throws IOException {
        int line = 0;
        try (BufferedWriter out = Files.newBufferedWriter(target.resolve("schemas.jsonl"), StandardCharsets.UTF_8)) {
            for (Schema schema : schemas.values()) {
                ObjectNode row = MAPPER.createObjectNode()
                        .put("db_id", schema.databaseId())
                        .put("schema", serializer.serialize(schema));
                out.write(MAPPER.writeValueAsString(row));
                out.write('\n');
                describe(schema, index).put("file", "schemas/schemas.jsonl").put("line", ++line);
            }
        }
    }

    private static ObjectNode describe(Schema schema, ObjectNode index) {
        return index.putObject(schema.databaseId())
                .put("tables", schema.tables().size())
                .put(
                        "columns",
                        schema.tables().stream()
                                .mapToInt(table -> table.columns().size())
                                .sum())
                .put("foreign_keys", schema.foreignKeys().size());
    }
}
