package org.sqltune.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;

/**
 * Questions as JSON Lines of {@code {"question"}}, where {@code schema}, {@code id} and {@code db_id} may be there too,
 * and answers as JSON Lines of {@code {"id", "question", "sql"}}.
 */
final class QuestionFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private QuestionFile() {}

    /**
     * Reads questions.
     *
     * @param schema for the rows that have none of their own; null if there is none
     * @throws SqlTuneException if a row is broken: names file and line
     */
    static List<SqlQuestion> read(Path file, @Nullable SchemaContent schema) {
        List<SqlQuestion> questions = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                questions.add(question(file + " line " + (i + 1), lines.get(i), i + 1, schema));
            }
        }
        if (questions.isEmpty()) {
            throw new SqlTuneException(file + " holds no question: give rows such as {\"question\": \"…\"}");
        }
        return questions;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + e + ". Give a file of JSON lines as UTF-8", e);
        }
    }

    private static SqlQuestion question(String place, String line, int number, @Nullable SchemaContent schema) {
        JsonNode row = parse(place, line);
        String question = row.path("question").asText("");
        if (question.isBlank()) {
            throw new SqlTuneException(place + " has no \"question\": give rows such as {\"question\": \"…\"}");
        }
        String own = row.path("schema").asText("");
        SchemaContent content = own.isBlank() ? schema : new VerbatimSchema(own);
        if (content == null) {
            throw new SqlTuneException(place + " has no \"schema\": add one, or give --schema or --db for all rows");
        }
        String id = row.path("id").asText(Integer.toString(number));
        return new SqlQuestion(id, row.path("db_id").asText(""), question, content);
    }

    private static JsonNode parse(String place, String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new SqlTuneException(place + " is not valid JSON (" + e.getOriginalMessage() + "): correct it", e);
        }
    }

    static void writeAnswers(List<SqlQuestion> questions, List<SqlPrediction> answers, PrintStream out) {
        jsonLines(questions, answers).forEach(out::println);
    }

    static void writeAnswers(List<SqlQuestion> questions, List<SqlPrediction> answers, Path file) {
        AtomicFiles.write(file, out -> {
            for (String line : jsonLines(questions, answers)) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static List<String> jsonLines(List<SqlQuestion> questions, List<SqlPrediction> answers) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("id", questions.get(i).id());
            row.put("question", questions.get(i).question());
            row.put("sql", answers.get(i).sql());
            try {
                lines.add(JSON.writeValueAsString(row));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("Text can't fail to be written", e);
            }
        }
        return lines;
    }
}
