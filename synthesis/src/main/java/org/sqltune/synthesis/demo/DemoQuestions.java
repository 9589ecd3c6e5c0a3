package org.sqltune.synthesis.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QueryCategory;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.schema.Schema;

/**
 * Questions written by hand and never trained on. Their files give each a category and a difficulty (easy, medium,
 * hard). Fifty stay close to the schema's wording, ten per database; a hundred use the words of people at work,
 * twenty per database.
 */
public final class DemoQuestions {
    private static final String FILE = "questions.jsonl";
    private static final String NATURAL_FILE = "natural.jsonl";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private DemoQuestions() {}

    /**
     * Returns the fifty questions close to the schema, in the file's order.
     *
     * @param databases must be materialised; the schemas are read from their files
     */
    public static List<Example> of(DemoDatabases databases) {
        return examples(FILE, databases);
    }

    /**
     * Returns the hundred questions in everyday words, in the file's order.
     *
     * @param databases must be materialised; the schemas are read from their files
     */
    public static List<Example> natural(DemoDatabases databases) {
        return examples(NATURAL_FILE, databases);
    }

    /** Returns the text of every question in both files. */
    public static List<String> texts() {
        return Stream.of(FILE, NATURAL_FILE)
                .flatMap(file -> rows(file).stream())
                .map(row -> row.get("question").asText())
                .toList();
    }

    private static List<Example> examples(String file, DemoDatabases databases) {
        Map<String, Schema> schemas = new HashMap<>();
        return rows(file).stream()
                .map(row ->
                        example(row, schemas.computeIfAbsent(row.get("database").asText(), databases::schema)))
                .toList();
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

    private static List<JsonNode> rows(String file) {
        return DemoDatabases.resource(file).lines().map(line -> row(file, line)).toList();
    }

    private static JsonNode row(String file, String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The demo file " + file + " is broken", e);
        }
    }
}
