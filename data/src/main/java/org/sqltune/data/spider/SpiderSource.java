package org.sqltune.data.spider;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.data.rows.Intake;
import org.sqltune.data.rows.RowCount;
import org.sqltune.data.rows.Tally;
import org.sqltune.data.source.BenchmarkFiles;
import org.sqltune.data.source.DataFolder;
import org.sqltune.data.source.ExampleSource;
import org.sqltune.data.split.Splits;

/**
 * Spider (Yu et al. 2018, arXiv:1809.08887) as published, and data sets in its form: rows, {@code tables.json} and
 * {@code database/<db_id>/<db_id>.sqlite} in a folder or an archive.
 */
public final class SpiderSource implements ExampleSource {
    private static final String TABLES = "tables.json";
    private static final String DEV = "dev.json";

    private final Path path;
    private final Layout layout;
    private final boolean skipBad;
    private @Nullable Path found;

    /**
     * A data set in Spider's form.
     *
     * @param name the name for messages
     * @param remedy where to get it
     * @param train the file of training questions and the prefix of their ids
     * @param moreTrain a further training file, which may be missing
     */
    private record Layout(
            String name,
            String remedy,
            Part train,
            @Nullable Part moreTrain) {}

    private record Part(String file, String idPrefix) {}

    private SpiderSource(Path path, Layout layout, boolean skipBad) {
        this.path = path;
        this.layout = layout;
        this.skipBad = skipBad;
    }

    /** Creates a source of Spider that fails at broken rows. */
    public SpiderSource(Path path) {
        this(path, "", false);
    }

    /**
     * Creates a source of Spider.
     *
     * @param path Spider's folder or archive
     * @param remedy where to get it, for error messages
     * @param skipBad whether to skip and count broken rows
     */
    public SpiderSource(Path path, String remedy, boolean skipBad) {
        this(
                path,
                new Layout(
                        "spider",
                        remedy,
                        new Part("train_spider.json", "train"),
                        new Part("train_others.json", "others")),
                skipBad);
    }

    /** Returns a source of CSpider (Min et al. 2019, arXiv:1909.13293): Chinese questions on Spider's databases. */
    public static SpiderSource chinese(Path path, String remedy, boolean skipBad) {
        return new SpiderSource(path, new Layout("cspider", remedy, new Part("train.json", "train"), null), skipBad);
    }

    @Override
    public String name() {
        return layout.name();
    }

    /** Reads the data set: train is every training file; validation and test are both dev. */
    @Override
    public Splits<Example> prepare() {
        Path folder = folder();
        Reading reading = new Reading(folder);
        List<Example> train = new ArrayList<>(reading.examples(layout.train()));
        Part more = layout.moreTrain();
        if (more != null && Files.exists(folder.resolve(more.file()))) {
            train.addAll(reading.examples(more));
        } else if (more != null) {
            reading.notes.add(
                    more.file() + " isn't there: training on " + layout.train().file() + " alone.");
        }
        List<Example> dev = reading.examples(new Part(DEV, "dev"));
        reading.notes.add(0, "dev.json is both validation and test set: official test questions are not used.");
        reading.noteMissing();
        return new Splits<>(train, dev, dev, reading.notes, reading.counts);
    }

    @Override
    public Optional<DatabaseFolder> databases() {
        return Optional.of(new DatabaseFolder(folder().resolve("database")));
    }

    @Override
    public Optional<BenchmarkFiles> benchmark() {
        return Optional.of(
                new BenchmarkFiles.Spider(folder().resolve(TABLES), new DatabaseFolder(folder().resolve("database"))));
    }

    private Path folder() {
        if (found == null) {
            String files = "it needs " + layout.train().file() + ", " + DEV + " and " + TABLES;
            String remedy = layout.remedy().isEmpty() ? files : files + "; " + layout.remedy();
            found = DataFolder.find(path, List.of(layout.train().file(), TABLES), remedy);
            for (String needed : List.of(layout.train().file(), DEV, TABLES)) {
                if (!Files.isRegularFile(found.resolve(needed))) {
                    throw new SqlTuneException("No " + needed + " in " + found + ": " + remedy);
                }
            }
        }
        return found;
    }

    /** The state of reading the folder: assigns schemas to rows, counts rows, and notes missing files. */
    private final class Reading {
        private final Map<String, Schema> schemas;
        private final DatabaseFolder databases;
        private final Tally withoutSchema = new Tally();
        private final Tally withoutDatabase = new Tally();
        private final List<String> notes = new ArrayList<>();
        private final List<RowCount> counts = new ArrayList<>();
        private final Path folder;

        Reading(Path folder) {
            this.folder = folder;
            this.databases = new DatabaseFolder(folder.resolve("database"));
            Intake intake = new Intake(folder.resolve(TABLES), skipBad);
            this.schemas = SpiderTables.read(folder.resolve(TABLES), intake);
            notes.addAll(intake.brokenNotes());
        }

        List<Example> examples(Part part) {
            Path file = folder.resolve(part.file());
            Intake intake = new Intake(file, skipBad);
            List<Example> examples = new ArrayList<>();
            for (SpiderRow row : SpiderRow.read(file, part.idPrefix(), intake)) {
                Schema schema = schemas.get(row.databaseId());
                if (schema == null) {
                    withoutSchema.add(row.databaseId());
                    intake.reject("of a database that " + TABLES + " lacks");
                    continue;
                }
                if (databases.locate(row.databaseId()).isEmpty()) {
                    withoutDatabase.add(row.databaseId());
                }
                examples.add(new Example(row.id(), row.databaseId(), row.question(), schema, row.sql()));
            }
            counts.add(intake.count(examples.size()));
            notes.addAll(intake.brokenNotes());
            return examples;
        }

        void noteMissing() {
            if (!withoutSchema.isEmpty()) {
                notes.add(TABLES + " lacks " + withoutSchema + ": " + withoutSchema.total()
                        + " examples without a schema are left out.");
            }
            if (!Files.isDirectory(databases.folder())) {
                notes.add("database/ isn't there: no SQL can be executed.");
            } else if (!withoutDatabase.isEmpty()) {
                notes.add("database/ lacks " + withoutDatabase + ": " + withoutDatabase.total()
                        + " examples can be trained on but not executed.");
            }
        }
    }
}
