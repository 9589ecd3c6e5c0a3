package org.sqltune.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.rows.Intake;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.RowCount;
import org.sqltune.data.rows.RowFiles;
import org.sqltune.data.rows.UniqueIds;
import org.sqltune.data.split.Splits;

/**
 * A user's own files, in any format of {@link RowFiles}: rows of {@code question}, {@code schema} and {@code sql},
 * under these or other names, optionally with the other {@link ColumnMapping#MEANINGS}. The schema goes into prompts
 * unchanged, unless a separate database provides it.
 */
public final class OwnFilesSource implements ExampleSource {
    private final Path train;
    private final @Nullable Path validation;
    private final @Nullable Path test;
    private final ColumnMapping mapping;
    private final SchemaLookup schemas;
    private final boolean skipBad;

    /**
     * Creates a source with default field names that fails at broken rows.
     *
     * @param train what to train on
     * @param validation null if there is none
     * @param test null if there is none
     */
    public OwnFilesSource(Path train, @Nullable Path validation, @Nullable Path test) {
        this(train, validation, test, ColumnMapping.IDENTITY, SchemaLookup.OF_ROW, false);
    }

    /**
     * @param train what to train on
     * @param validation null if there is none
     * @param test null if there is none
     * @param mapping the field names
     * @param schemas finds the schema of a row
     * @param skipBad whether to skip and count broken rows
     */
    public OwnFilesSource(
            Path train,
            @Nullable Path validation,
            @Nullable Path test,
            ColumnMapping mapping,
            SchemaLookup schemas,
            boolean skipBad) {
        this.train = train;
        this.validation = validation;
        this.test = test;
        this.mapping = mapping;
        this.schemas = schemas;
        this.skipBad = skipBad;
    }

    @Override
    public String name() {
        return String.valueOf(train.getFileName());
    }

    @Override
    public Splits<Example> prepare() {
        List<String> notes = new ArrayList<>();
        List<RowCount> counts = new ArrayList<>();
        return new Splits<>(
                read(train, notes, counts),
                readIfGiven(validation, notes, counts),
                readIfGiven(test, notes, counts),
                notes,
                counts);
    }

    /**
     * Reads a file with default field names.
     *
     * @throws org.sqltune.core.SqlTuneException if it is missing or empty, or a row is broken; the message names file
     *     and line
     */
    public static List<Example> read(Path file) {
        return new OwnFilesSource(file, null, null).prepare().train();
    }

    private List<Example> readIfGiven(@Nullable Path file, List<String> notes, List<RowCount> counts) {
        return file == null ? List.of() : read(file, notes, counts);
    }

    private List<Example> read(Path file, List<String> notes, List<RowCount> counts) {
        List<Example> examples = new ArrayList<>();
        UniqueIds ids = new UniqueIds(mapping.name("id"));
        Intake intake = new Intake(file, skipBad);
        RowFiles.forEach(file, mapping.wanted(), intake, row -> {
            Example example = example(row);
            examples.add(example.withId(ids.of(row)));
        });
        counts.add(intake.count(examples.size()));
        notes.addAll(intake.notes());
        return examples;
    }

    private Example example(JsonRow row) {
        String explanation = mapping.name("explanation");
        String question = row.filledText(mapping.name("question"));
        SchemaContent schema = schemas.schema(row, mapping);
        return new Example(
                row.id(mapping.name("id")),
                row.textOr(mapping.name("db_id"), schema.databaseId()),
                question,
                schema,
                row.sql(mapping.name("sql")),
                null,
                row.has(explanation) ? row.text(explanation) : null,
                new QuestionContext(
                        row.textOr(mapping.name("domain"), ""),
                        row.textOr(mapping.name("complexity"), ""),
                        row.textOr(mapping.name("evidence"), "")));
    }
}
