package org.sqltune.evaluation.wikisql;

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
import java.util.Optional;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.core.text.Failures;
import org.sqltune.data.wikisql.WikiSqlQuery;
import org.sqltune.data.wikisql.WikiSqlRow;
import org.sqltune.evaluation.Answers;

/**
 * Reads WikiSQL's {@code dev.jsonl} and predictions in its official form: each line is {@code {"query": {"sel",
 * "agg", "conds"}}} or {@code {"error": …}}.
 *
 * @param answers the questions with the answers, whose queries name columns by number; an answer without this form is
 *     empty
 * @param reading the queries in WikiSQL's form
 */
public record WikiSqlFiles(Answers answers, QueryReading reading) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SchemaContent UNKNOWN = new VerbatimSchema("");

    /**
     * Reads questions with their answers, in order. Ids are line numbers from 0.
     *
     * @throws SqlTuneException if a file can't be read, or the files don't belong together
     */
    public static WikiSqlFiles read(Path predictions, Path gold) {
        List<WikiSqlRow> wanted = WikiSqlRow.readGold(gold);
        List<String> found = lines(predictions);
        if (wanted.size() != found.size()) {
            throw new SqlTuneException(predictions + " has " + found.size() + " predictions for " + wanted.size()
                    + " questions of " + gold + "; there must be one for each, in the same order");
        }
        Map<String, WikiSqlQuery> goldQueries = new HashMap<>();
        Map<String, WikiSqlQuery> answers = new HashMap<>();
        List<Example> examples = new ArrayList<>();
        List<String> sql = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            String id = String.valueOf(i);
            WikiSqlRow row = wanted.get(i);
            goldQueries.put(id, row.query());
            Optional<WikiSqlQuery> answer = prediction(parse(predictions, found.get(i), i));
            answer.ifPresent(query -> answers.put(id, query));
            examples.add(new Example(id, row.tableId(), row.question(), UNKNOWN, LogicalForm.text(row.query())));
            sql.add(answer.map(LogicalForm::text).orElse(""));
        }
        return new WikiSqlFiles(Answers.of(examples, sql), new QueryReading.Given(goldQueries, answers));
    }

    private static Optional<WikiSqlQuery> prediction(JsonNode line) {
        if (line.hasNonNull("error") && !line.path("error").asText().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(WikiSqlQuery.of(line.path("query")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static JsonNode parse(Path file, String line, int index) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new SqlTuneException(file + ": line " + (index + 1) + " isn't JSON; write one object per line", e);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + ": " + Failures.reason(e) + "; check the path", e);
        }
    }
}
