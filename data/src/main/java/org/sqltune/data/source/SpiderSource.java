package org.sqltune.data.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.DatabaseFolder;

/**
 * Spider (Yu et al. 2018, arXiv:1809.08887) as its authors ship it: a folder with {@code train_spider.json}, {@code
 * train_others.json}, {@code dev.json}, {@code tables.json} and {@code database/<db_id>/<db_id>.sqlite}.
 */
public final class SpiderSource implements ExampleSource {
    private final Path folder;

    /** @param folder Spider's folder */
    public SpiderSource(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "spider";
    }

    /** Train is train_spider and train_others; validation and test are both dev. */
    @Override
    public Splits prepare() {
        if (!Files.isDirectory(folder)) {
            throw new SqlTuneException("No folder " + folder
                    + ": data.path must be Spider's folder, with train_spider.json, dev.json and tables.json");
        }
        List<String> notes = new ArrayList<>();
        List<SpiderRow> trainRows = new ArrayList<>(SpiderRow.read(folder.resolve("train_spider.json"), "train"));
        if (Files.exists(folder.resolve("train_others.json"))) {
            trainRows.addAll(SpiderRow.read(folder.resolve("train_others.json"), "others"));
        } else {
            notes.add("train_others.json isn't there: training on train_spider.json alone.");
        }
        Examples examples = new Examples(SpiderTables.read(folder.resolve("tables.json")));
        List<Example> train = examples.of(trainRows);
        List<Example> dev = examples.of(SpiderRow.read(folder.resolve("dev.json"), "dev"));
        notes.add("Spider's dev set is both validation and test set: its official test questions are not used.");
        notes.addAll(examples.notes());
        return new Splits(train, dev, dev, notes);
    }

    /** Gives rows their schemas and notes what is missing. */
    private final class Examples {
        private final Map<String, Schema> schemas;
        private final DatabaseFolder databases = new DatabaseFolder(folder.resolve("database"));
        private final Tally withoutSchema = new Tally();
        private final Tally withoutDatabase = new Tally();

        Examples(Map<String, Schema> schemas) {
            this.schemas = schemas;
        }

        List<Example> of(List<SpiderRow> rows) {
            List<Example> examples = new ArrayList<>();
            for (SpiderRow row : rows) {
                Schema schema = schemas.get(row.databaseId());
                if (schema == null) {
                    withoutSchema.add(row.databaseId());
                    continue;
                }
                if (databases.locate(row.databaseId()).isEmpty()) {
                    withoutDatabase.add(row.databaseId());
                }
                examples.add(new Example(row.id(), row.databaseId(), row.question(), schema, row.sql()));
            }
            return examples;
        }

        List<String> notes() {
            List<String> notes = new ArrayList<>();
            if (!withoutSchema.isEmpty()) {
                notes.add("tables.json lacks " + withoutSchema + ": " + withoutSchema.total()
                        + " examples without a schema are left out.");
            }
            if (!Files.isDirectory(databases.folder())) {
                notes.add("database/ isn't there: no SQL can be executed.");
            } else if (!withoutDatabase.isEmpty()) {
                notes.add("database/ lacks " + withoutDatabase + ": " + withoutDatabase.total()
                        + " examples can be trained on but not executed.");
            }
            return notes;
        }
    }
}
