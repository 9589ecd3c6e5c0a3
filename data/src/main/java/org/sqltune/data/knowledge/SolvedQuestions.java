package org.sqltune.data.knowledge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionKnowledge.SolvedQuestion;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.link.Words;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.source.OwnFilesSource;

/** Questions with their SQL, ranked by their similarity to another. Immutable and thread-safe. */
final class SolvedQuestions {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int MOST = 20_000;

    private final List<SolvedQuestion> pairs;
    private final Bm25 index;

    /** @param text what {@link #textOf} returned */
    SolvedQuestions(String text) {
        this.pairs = text.lines()
                .filter(line -> !line.isBlank())
                .map(SolvedQuestions::pair)
                .toList();
        this.index = new Bm25(pairs.stream().map(SolvedQuestion::question).toList());
    }

    /**
     * Returns question and SQL of a file's rows, a JSON object a line, each once.
     *
     * @param file rows in any format that training reads
     * @throws SqlTuneException if there is no such file, it has a broken row, or more than 20,000 rows
     */
    static String textOf(String file) {
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new SqlTuneException("data.examples: there is no file " + file + ": name rows of question and sql");
        }
        List<Example> rows = new OwnFilesSource(
                        path, null, null, ColumnMapping.IDENTITY, (row, columns) -> new VerbatimSchema(""), false)
                .prepare()
                .train();
        if (rows.size() > MOST) {
            throw new SqlTuneException("data.examples: " + file + " has " + rows.size() + " rows, and at most " + MOST
                    + " are kept with a model: leave some out");
        }
        Set<String> lines = new LinkedHashSet<>();
        for (Example row : rows) {
            ObjectNode line = MAPPER.createObjectNode();
            line.put("question", row.question().strip());
            line.put("sql", row.sql());
            lines.add(line.toString());
        }
        return String.join("\n", lines) + "\n";
    }

    private static SolvedQuestion pair(String line) {
        try {
            JsonNode json = MAPPER.readTree(line);
            return new SolvedQuestion(
                    json.path("question").asText(), json.path("sql").asText());
        } catch (JsonProcessingException e) {
            throw new SqlTuneException("data.examples has a line that isn't JSON: name a file of question and sql", e);
        }
    }

    /** Returns the pairs that share a word with a question, the most similar first. */
    Stream<SolvedQuestion> like(String question) {
        return index.ranked(question).stream().map(pairs::get);
    }

    /** Matches the pairs that would tell the answer to an example: its question, or its SQL under another question. */
    static Predicate<SolvedQuestion> telling(Example example) {
        String question = Words.key(example.question());
        String sql = folded(example.sql());
        return pair -> Words.key(pair.question()).equals(question)
                || folded(pair.sql()).equals(sql);
    }

    private static String folded(String sql) {
        List<String> words =
                new ArrayList<>(List.of(sql.toLowerCase(Locale.ROOT).split("[\\s;]+")));
        words.removeIf(String::isEmpty);
        return String.join("", words);
    }
}
