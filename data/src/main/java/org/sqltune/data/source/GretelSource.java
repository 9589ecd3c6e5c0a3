package org.sqltune.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.schema.VerbatimSchema;
import org.sqltune.data.prompt.GeneratedSql;

/**
 * Gretel's <a href="https://huggingface.co/datasets/gretelai/synthetic_text_to_sql">synthetic_text_to_sql</a> as JSON
 * Lines or JSON: {@code sql_prompt}, {@code sql_context}, {@code sql}, {@code sql_explanation}, {@code domain}, {@code
 * sql_complexity}. Rows of several statements are left out, since answers are one statement.
 */
public final class GretelSource implements ExampleSource {
    private static final Pattern QUERY = Pattern.compile("[(\\s]*(?:SELECT|WITH|VALUES)\\b", Pattern.CASE_INSENSITIVE);

    private final Path path;

    /** @param path a file to train on, or a folder with files whose names hold {@code train} and {@code test} */
    public GretelSource(Path path) {
        this.path = path;
    }

    @Override
    public String name() {
        return "gretel";
    }

    @Override
    public Splits prepare() {
        List<String> notes = new ArrayList<>();
        if (!Files.isDirectory(path)) {
            return new Splits(read(path, notes), List.of(), List.of(), notes);
        }
        Path train = file("train")
                .orElseThrow(() -> new SqlTuneException("No train file in " + path
                        + ": it needs a .jsonl or .json file with train in its name (convert Parquet first)"));
        Optional<Path> test = file("test");
        return new Splits(
                read(train, notes),
                List.of(),
                test.map(file -> read(file, notes)).orElse(List.of()),
                notes);
    }

    private Optional<Path> file(String split) {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> {
                        String name = String.valueOf(file.getFileName());
                        return name.contains(split) && (name.endsWith(".jsonl") || name.endsWith(".json"));
                    })
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            throw new SqlTuneException("Can't read the folder " + path + ": " + e, e);
        }
    }

    private static List<Example> read(Path file, List<String> notes) {
        List<Example> examples = new ArrayList<>();
        int[] severalStatements = new int[1];
        int[] noQueries = new int[1];
        JsonRows.forEach(file, row -> {
            Example example = example(row);
            if (!GeneratedSql.firstStatement(example.sql()).equals(example.sql())) {
                severalStatements[0]++;
                return;
            }
            if (!QUERY.matcher(example.sql()).lookingAt()) {
                noQueries[0]++;
            }
            examples.add(example);
        });
        if (severalStatements[0] > 0) {
            notes.add(file.getFileName() + ": " + severalStatements[0]
                    + " rows whose SQL isn't one plain statement are left out.");
        }
        if (noQueries[0] > 0) {
            notes.add(file.getFileName() + ": " + noQueries[0]
                    + " rows change data or tables; they can be trained on but not executed.");
        }
        return examples;
    }

    private static Example example(JsonRow row) {
        return new Example(
                row.id(),
                "",
                row.filledText("sql_prompt"),
                new VerbatimSchema(row.text("sql_context")),
                row.sql("sql"),
                null,
                row.has("sql_explanation") ? row.text("sql_explanation") : null,
                new QuestionContext(row.textOr("domain", ""), row.textOr("sql_complexity", "")));
    }
}
