package org.sqltune.data.bird;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.QuestionContext;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.data.archive.Archives;
import org.sqltune.data.archive.UnpackingLimits;
import org.sqltune.data.rows.Intake;
import org.sqltune.data.rows.JsonRow;
import org.sqltune.data.rows.JsonRows;
import org.sqltune.data.rows.RowCount;
import org.sqltune.data.rows.Tally;
import org.sqltune.data.rows.UniqueIds;
import org.sqltune.data.source.BenchmarkFiles;
import org.sqltune.data.source.ExampleSource;
import org.sqltune.data.split.Splits;

/**
 * BIRD (Li et al. 2023, arXiv:2305.03111) and its mini-dev, in a folder or an archive: rows of {@code db_id}, {@code
 * question}, {@code evidence}, {@code SQL} and {@code difficulty}, beside {@code dev_tables.json} and {@code
 * dev_databases/}. Without both there is no schema, and rows are left out.
 */
public final class BirdSource implements ExampleSource {
    private static final List<String> TRAIN = List.of("train.json");
    private static final List<String> DEV = List.of("dev.json");
    private static final List<String> MINI_DEV = List.of("mini_dev_sqlite.json", "mini_dev.json");

    private final Path path;
    private final String remedy;
    private final boolean mini;
    private final boolean skipBad;
    private @Nullable Path found;

    /**
     * @param path BIRD's folder or archive
     * @param remedy where to get it, for error messages
     * @param mini whether to read only mini-dev, as a test set; otherwise train and dev
     * @param skipBad whether to skip and count broken rows
     */
    public BirdSource(Path path, String remedy, boolean mini, boolean skipBad) {
        this.path = path;
        this.remedy = remedy;
        this.mini = mini;
        this.skipBad = skipBad;
    }

    @Override
    public String name() {
        return mini ? "bird_mini_dev" : "bird";
    }

    @Override
    public Splits<Example> prepare() {
        List<String> notes = new ArrayList<>();
        List<RowCount> counts = new ArrayList<>();
        List<Example> test = read(evaluated(), mini ? "mini_dev" : "dev", notes, counts);
        if (mini) {
            return new Splits<>(List.of(), List.of(), test, notes, counts);
        }
        List<Example> train = BirdPart.find(folder(), TRAIN, "train")
                .map(part -> read(part, "train", notes, counts))
                .orElse(List.of());
        if (train.isEmpty()) {
            notes.add("There are no training questions: train.json isn't there, or has no schemas.");
        }
        notes.add("dev.json is both validation and test set.");
        return new Splits<>(train, test, test, notes, counts);
    }

    @Override
    public Optional<DatabaseFolder> databases() {
        return Optional.ofNullable(evaluated().databases());
    }

    @Override
    public Optional<BenchmarkFiles> benchmark() {
        return Optional.of(new BenchmarkFiles.Bird(evaluated().databases()));
    }

    /** Returns the evaluation part. */
    private BirdPart evaluated() {
        return BirdPart.find(folder(), mini ? MINI_DEV : DEV, "dev")
                .orElseThrow(() -> new SqlTuneException("No " + (mini ? MINI_DEV : DEV).get(0) + " in " + path
                        + (remedy.isEmpty() ? "" : ": " + remedy)));
    }

    private Path folder() {
        if (found == null) {
            if (Archives.isArchive(path)) {
                found = new Archives(UnpackingLimits.DEFAULTS).unpacked(path);
            } else if (Files.isDirectory(path)) {
                found = path;
            } else {
                throw new SqlTuneException(
                        "No folder " + path + ": data.path must be BIRD's folder or archive; " + remedy);
            }
        }
        return found;
    }

    private List<Example> read(BirdPart part, String split, List<String> notes, List<RowCount> counts) {
        Intake tablesIntake = new Intake(part.tables() == null ? part.rows() : part.tables(), skipBad);
        BirdSchemas schemas = new BirdSchemas(part, tablesIntake);
        notes.addAll(tablesIntake.brokenNotes());
        Intake intake = new Intake(part.rows(), skipBad);
        UniqueIds ids = new UniqueIds("question_id");
        List<Example> examples = new ArrayList<>();
        Tally withoutDatabase = new Tally();
        JsonRows.forEach(part.rows(), intake, row -> {
            String databaseId = row.filledText("db_id");
            Optional<Schema> schema = schemas.find(databaseId);
            if (schema.isEmpty()) {
                intake.reject("without a schema");
                return;
            }
            Example example = example(split, row, databaseId, schema.get());
            ids.of(row);
            examples.add(example);
            if (part.databases() == null || part.databases().locate(databaseId).isEmpty()) {
                withoutDatabase.add(databaseId);
            }
        });
        counts.add(intake.count(examples.size()));
        notes.addAll(intake.brokenNotes());
        notes.addAll(schemas.notes());
        notes.addAll(missing(part, intake.tally(), withoutDatabase));
        return examples;
    }

    private Example example(String split, JsonRow row, String databaseId, Schema schema) {
        BirdRow read = BirdRow.of(row);
        row.filledText("question");
        return new Example(
                split + "-" + (read.id().isEmpty() ? "line-" + row.line() : read.id()),
                databaseId,
                read.question(),
                schema,
                row.sql("SQL"),
                null,
                null,
                new QuestionContext("", read.difficulty(), read.evidence()));
    }

    private List<String> missing(BirdPart part, Tally rejects, Tally withoutDatabase) {
        List<String> notes = new ArrayList<>();
        String rows = String.valueOf(part.rows().getFileName());
        if (!rejects.isEmpty()) {
            String prefix = TRAIN.contains(rows) ? "train" : "dev";
            notes.add(rows + ": " + rejects.total()
                    + " questions have no schema and are left out: beside it there must be "
                    + prefix + "_tables.json or " + prefix + "_databases/ with their databases"
                    + (remedy.isEmpty() ? "" : "; " + remedy) + ".");
        }
        if (!withoutDatabase.isEmpty()) {
            notes.add(rows + ": databases aren't there of " + withoutDatabase + ": " + withoutDatabase.total()
                    + " examples can be trained on but not executed.");
        }
        return notes;
    }
}
