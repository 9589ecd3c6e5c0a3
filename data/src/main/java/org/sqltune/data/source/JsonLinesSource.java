package org.sqltune.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.VerbatimSchema;

/**
 * A user's own files: JSON Lines of {@code {"question", "schema", "sql"}}, where {@code id}, {@code db_id} and {@code
 * explanation} may be there as well. The schema goes into prompts as it is written.
 */
public final class JsonLinesSource implements ExampleSource {
    private final Path train;
    private final @Nullable Path validation;
    private final @Nullable Path test;

    /**
     * @param train what to train on
     * @param validation null if there is none
     * @param test null if there is none
     */
    public JsonLinesSource(Path train, @Nullable Path validation, @Nullable Path test) {
        this.train = train;
        this.validation = validation;
        this.test = test;
    }

    @Override
    public String name() {
        return String.valueOf(train.getFileName());
    }

    @Override
    public Splits prepare() {
        return new Splits(read(train), readIfGiven(validation), readIfGiven(test), List.of());
    }

    /**
     * Reads one file.
     *
     * @throws org.sqltune.core.SqlTuneException if it is missing or empty, or a row is broken: names file and line
     */
    public static List<Example> read(Path file) {
        List<Example> examples = new ArrayList<>();
        UniqueIds ids = new UniqueIds();
        JsonRows.forEach(file, row -> examples.add(example(ids.of(row), row)));
        return examples;
    }

    private static List<Example> readIfGiven(@Nullable Path file) {
        return file == null ? List.of() : read(file);
    }

    private static Example example(String id, JsonRow row) {
        return new Example(
                id,
                row.textOr("db_id", ""),
                row.filledText("question"),
                new VerbatimSchema(row.text("schema")),
                row.sql("sql"),
                null,
                row.has("explanation") ? row.text("explanation") : null);
    }
}
