package org.sqltune.evaluation.bird;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.SqlTuneException;

/**
 * Reads BIRD's {@code dev.json} or {@code mini_dev.json} and predictions: BIRD's own JSON object from a question's number to
 * {@code SQL<tab>----- bird -----<tab>db_id}, or one query a line.
 */
public final class BirdFiles {
    private static final String SEPARATOR = "\t----- bird -----\t";

    private BirdFiles() {}

    /**
     * Questions with predictions, in order.
     *
     * @throws SqlTuneException if a file can't be read, or they don't belong together
     */
    public static List<BirdExample> read(Path gold, Path predictions) {
        JsonNode questions = json(gold);
        List<String> found = predictions(predictions);
        if (!questions.isArray() || found.size() != questions.size()) {
            throw new SqlTuneException(predictions + " has " + found.size() + " predictions for " + questions.size()
                    + " questions of " + gold + "; there must be one for each, in the same order");
        }
        List<BirdExample> examples = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            examples.add(example(questions.get(i), found.get(i), gold, i));
        }
        return examples;
    }

    private static BirdExample example(JsonNode node, String prediction, Path gold, int index) {
        if (!node.hasNonNull("SQL") || !node.hasNonNull("db_id")) {
            throw new SqlTuneException(
                    gold + ": question " + index + " has no SQL or no db_id; take dev.json as BIRD ships it");
        }
        String evidence = node.path("evidence").asText();
        String question = node.path("question").asText() + (evidence.isBlank() ? "" : " (" + evidence + ")");
        return new BirdExample(
                node.path("question_id").asText(String.valueOf(index)),
                node.get("db_id").asText(),
                question,
                node.get("SQL").asText(),
                node.path("difficulty").asText(),
                prediction);
    }

    private static List<String> predictions(Path file) {
        List<String> found = new ArrayList<>();
        if (!file.toString().endsWith(".json")) {
            try {
                return Files.readAllLines(file);
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        for (JsonNode each : json(file)) {
            String text = each.isTextual() ? each.asText() : " ";
            int end = text.indexOf(SEPARATOR);
            found.add(end < 0 ? text.strip() : text.substring(0, end));
        }
        return found;
    }

    private static JsonNode json(Path file) {
        try {
            return JsonMapper.builder().build().readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new SqlTuneException(
                    file + " isn't JSON: " + e.getOriginalMessage() + "; take the file as BIRD ships it", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static SqlTuneException unreadable(Path file, IOException cause) {
        return new SqlTuneException("Can't read " + file + ": " + cause + "; check the path", cause);
    }
}
