package org.sqltune.synthesis.pretraining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.schema.DeclaredSchema;
import org.sqltune.core.schema.Schema;
import org.sqltune.data.spider.SpiderSource;
import org.sqltune.synthesis.pretraining.NaturalMix.NaturalPair;

/**
 * Reads natural questions from a folder: Spider's, of which only the training part is used, or one with {@code
 * schemas.jsonl.gz} (rows of {@code id} and {@code schema}, the latter as CREATE TABLE statements) and files {@code
 * SOURCE.jsonl.gz} (rows of {@code question}, {@code sql}, a schema id as {@code schema}, and optionally {@code
 * evidence}).
 */
public final class NaturalFolder {
    private static final String SCHEMAS = "schemas.jsonl.gz";
    private static final String ENDING = ".jsonl.gz";
    private static final String SPIDER = "train_spider.json";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private NaturalFolder() {}

    /**
     * Reads a folder.
     *
     * @throws SqlTuneException if the folder is neither of the two, or a file can't be read; the message names it
     */
    public static List<NaturalPair> read(Path folder) {
        if (Files.isRegularFile(folder.resolve(SPIDER))) {
            return new SpiderSource(folder)
                    .prepare().train().stream()
                            .map(example -> new NaturalPair("spider-train", example))
                            .toList();
        }
        if (!Files.isRegularFile(folder.resolve(SCHEMAS))) {
            throw new SqlTuneException("No " + SCHEMAS + " and no " + SPIDER + " in " + folder
                    + ": name a folder of questions with schemas, or Spider's");
        }
        Map<String, String> statements = new HashMap<>();
        forEach(folder.resolve(SCHEMAS), row -> statements.put(text(row, "id"), text(row, "schema")));
        Map<String, Schema> schemas = new HashMap<>();
        List<NaturalPair> pairs = new ArrayList<>();
        for (Path file : sources(folder)) {
            String source = String.valueOf(file.getFileName()).replace(ENDING, "");
            forEach(file, row -> {
                String id = text(row, "schema");
                String declared = statements.get(id);
                if (declared == null) {
                    throw new SqlTuneException(
                            file + " has a row of schema " + id + ", which " + SCHEMAS + " lacks: add it there");
                }
                Schema schema = schemas.computeIfAbsent(id, key -> DeclaredSchema.read(declared, key));
                pairs.add(new NaturalPair(source, example(row, source + "-" + pairs.size(), schema)));
            });
        }
        return pairs;
    }

    private static Example example(JsonNode row, String id, Schema schema) {
        QuestionContext context =
                new QuestionContext("", "", row.path("evidence").asText(""));
        return new Example(
                id, schema.databaseId(), text(row, "question"), schema, text(row, "sql"), null, null, context);
    }

    private static List<Path> sources(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING)
                            && !file.getFileName().toString().equals(SCHEMAS))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new SqlTuneException("Can't list " + folder + ": " + e, e);
        }
    }

    private static void forEach(Path file, Consumer<JsonNode> action) {
        try (InputStream zipped = Files.newInputStream(file);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(zipped), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                action.accept(MAPPER.readTree(line));
            }
        } catch (IOException e) {
            throw new SqlTuneException("Can't read " + file + " as zipped JSON lines: " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode row, String key) {
        JsonNode value = row.path(key);
        if (!value.isTextual()) {
            throw new SqlTuneException("A row has no text \"" + key + "\": " + row);
        }
        return value.asText();
    }
}
