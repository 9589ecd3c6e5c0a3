package org.sqltune.evaluation.wikisql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;

/**
 * Reads WikiSQL's {@code dev.jsonl} and predictions in its official form: a line each of {@code {"query": {"sel", "agg",
 * "conds"}}} or {@code {"error": …}}.
 */
public final class WikiSqlFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private WikiSqlFiles() {}

    /**
     * Questions with predictions, in order.
     *
     * @throws SqlTuneException if a file can't be read, or they don't belong together
     */
    public static List<WikiSqlExample> read(Path gold, Path predictions) {
        List<String> wanted = lines(gold);
        List<String> found = lines(predictions);
        if (wanted.size() != found.size()) {
            throw new SqlTuneException(predictions + " has " + found.size() + " predictions for " + wanted.size()
                    + " questions of " + gold + "; there must be one for each, in the same order");
        }
        List<WikiSqlExample> examples = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            JsonNode question = parse(gold, wanted.get(i), i);
            try {
                examples.add(new WikiSqlExample(
                        i,
                        question.path("table_id").asText(),
                        question.path("question").asText(),
                        WikiSqlQuery.of(question.path("sql")),
                        prediction(parse(predictions, found.get(i), i))));
            } catch (IllegalArgumentException e) {
                throw new SqlTuneException(
                        gold + ": line " + (i + 1) + " is no question of WikiSQL: " + e.getMessage()
                                + "; take the file as WikiSQL ships it",
                        e);
            }
        }
        return examples;
    }

    private static @Nullable WikiSqlQuery prediction(JsonNode line) {
        if (line.hasNonNull("error") && !line.path("error").asText().isEmpty()) {
            return null;
        }
        try {
            return WikiSqlQuery.of(line.path("query"));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static JsonNode parse(Path file, String line, int index) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new SqlTuneException(file + ": line " + (index + 1) + " isn't JSON; write an object a line", e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + e + "; check the path", e);
        }
    }
}
