package org.sqltune.evaluation.bird;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.text.Failures;
import org.sqltune.data.bird.BirdRow;
import org.sqltune.evaluation.Answers;

/**
 * Reads BIRD's {@code dev.json} or {@code mini_dev.json} with predictions: either BIRD's JSON object, which maps a
 * question's number to {@code SQL<tab>----- bird -----<tab>db_id}, or one query per line.
 */
public final class BirdFiles {
    private static final String SEPARATOR = "\t----- bird -----\t";
    private static final SchemaContent UNKNOWN = new VerbatimSchema("");

    private BirdFiles() {}

    /**
     * Reads questions with their answers, in order.
     *
     * @param databases the source of the questions' schemas
     * @throws SqlTuneException if a file can't be read, or they don't belong together
     */
    public static Answers answers(Path predictions, Path gold, DatabaseFolder databases) {
        List<BirdRow> questions = BirdRow.readGold(gold);
        List<String> found = predictions(predictions);
        if (found.size() != questions.size()) {
            throw new SqlTuneException(predictions + " has " + found.size() + " predictions for " + questions.size()
                    + " questions of " + gold + "; there must be one for each, in the same order");
        }
        Map<String, SchemaContent> schemas = new HashMap<>();
        List<Example> examples = new ArrayList<>();
        for (BirdRow row : questions) {
            String place = String.valueOf(examples.size());
            examples.add(new Example(
                    row.id().isEmpty() ? place : row.id(),
                    row.databaseId(),
                    row.question() + (row.evidence().isBlank() ? "" : " (" + row.evidence() + ")"),
                    schemas.computeIfAbsent(row.databaseId(), id -> schema(databases, id)),
                    row.query(),
                    null,
                    null,
                    new QuestionContext("", row.difficulty(), row.evidence())));
        }
        return Answers.of(examples, found);
    }

    /** Returns a database's schema; unknown if the database can't be read, since only error diagnosis uses it. */
    private static SchemaContent schema(DatabaseFolder databases, String databaseId) {
        try {
            return databases
                    .locate(databaseId)
                    .<SchemaContent>map(file -> new SchemaReader().read(file))
                    .orElse(UNKNOWN);
        } catch (SqlTuneException e) {
            return UNKNOWN;
        }
    }

    private static List<String> predictions(Path file) {
        if (!file.toString().endsWith(".json")) {
            try {
                return Files.readAllLines(file);
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        List<String> found = new ArrayList<>();
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
                    file + " isn't JSON: " + Failures.reason(e) + "; take the file as BIRD ships it", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static SqlTuneException unreadable(Path file, IOException cause) {
        return new SqlTuneException("Can't read " + file + ": " + cause + "; check the path", cause);
    }
}
