package org.sqltune.workflow.evaluate;

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
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.text.Failures;

/**
 * Reads answers from a file: JSON Lines with {@code id} and {@code sql} (or {@code prediction}), as {@code infer} and
 * {@code eval} write them, in any order.
 */
final class AnswerFile implements SqlPredictor {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Map<String, SqlPrediction> answers = new HashMap<>();

    /** @throws SqlTuneException if the file can't be read or a row has no id or no SQL */
    AnswerFile(Path file) {
        this.file = file;
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                SqlPrediction answer = answer(lines.get(i), i + 1);
                if (answers.put(answer.id(), answer) != null) {
                    throw new SqlTuneException(
                            file + ": line " + (i + 1) + " answers \"" + answer.id() + "\" again; keep one of them");
                }
            }
        }
    }

    @Override
    public List<SqlPrediction> predict(List<SqlQuestion> questions, ProgressListener progress) {
        List<SqlPrediction> found = new ArrayList<>();
        for (SqlQuestion question : questions) {
            SqlPrediction answer = answers.get(question.id());
            if (answer == null) {
                throw new SqlTuneException(file + " has no answer to \"" + question.id()
                        + "\"; add an answer to every question, even if it is empty");
            }
            found.add(answer);
        }
        return found;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + Failures.reason(e) + "; check the path", e);
        }
    }

    private SqlPrediction answer(String line, int number) {
        try {
            JsonNode row = JSON.readTree(line);
            JsonNode sql = row.path("sql").isTextual() ? row.path("sql") : row.path("prediction");
            if (!row.hasNonNull("id") || !sql.isTextual()) {
                throw new SqlTuneException(file + ": line " + number
                        + " lacks \"id\" or \"sql\"; write {\"id\": …, \"sql\": …} on each line");
            }
            return new SqlPrediction(
                    row.get("id").asText(),
                    sql.asText(),
                    row.path("generated_tokens").asInt(),
                    row.path("seconds").asDouble());
        } catch (JsonProcessingException e) {
            throw new SqlTuneException(
                    file + ": line " + number + " isn't JSON; write {\"id\": …, \"sql\": …} on each line", e);
        }
    }
}
