package org.sqltune.synthesis.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.schema.Schema;

/**
 * Fifty questions written by hand, ten a database, never trained on. Each has a category and a difficulty (easy,
 * medium, hard) in the file.
 */
public final class DemoQuestions {
    private static final String FILE = "questions.jsonl";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private DemoQuestions() {}

    /**
     * The questions, in the file's order.
     *
     * @param databases materialised: the schemas are read from the files
     */
    public static List<Example> of(DemoDatabases databases) {
        Map<String, Schema> schemas = new HashMap<>();
        return rows().stream()
                .map(row ->
                        example(row, schemas.computeIfAbsent(row.get("database").asText(), databases::schema)))
                .toList();
    }

    /** The questions alone. */
    static List<String> texts() {
        return rows().stream().map(row -> row.get("question").asText()).toList();
    }

    private static Example example(JsonNode row, Schema schema) {
        String databaseId = row.get("database").asText();
        return new Example(
                row.get("id").asText(),
                databaseId,
                row.get("question").asText(),
                schema,
                row.get("sql").asText(),
                QueryCategory.valueOf(row.get("category").asText().toUpperCase(Locale.ROOT)),
                null,
                new QuestionContext(databaseId, ""));
    }

    private static List<JsonNode> rows() {
        return DemoDatabases.resource(FILE).lines().map(DemoQuestions::row).toList();
    }

    private static JsonNode row(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The demo file " + FILE + " is broken", e);
        }
    }
}
