package org.sqltune.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.DatasetOrigin;
import org.sqltune.core.config.settings.SourceSettings;
import org.sqltune.data.bird.BirdSource;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.rows.RowKind;
import org.sqltune.data.source.ExampleSource;
import org.sqltune.data.source.GretelSource;
import org.sqltune.data.source.OwnFilesSource;
import org.sqltune.data.source.SqlCreateContextSource;
import org.sqltune.data.spider.SpiderCsvSource;
import org.sqltune.data.spider.SpiderSource;
import org.sqltune.data.wikisql.WikiSqlSource;

/** Creates the source of the data set that the settings name. */
public final class ExampleSources {
    private static final String SPIDER_CSV = "spider_text_sql.csv";

    private ExampleSources() {}

    /**
     * Returns the source of a data set. Reads only the first row of a user's own files and their database.
     *
     * @param settings the data set and its location
     * @param demo creates the source of the demo data set
     * @throws SqlTuneException if a required path isn't set, or {@code train_file} has ready prompts
     */
    public static ExampleSource of(DataSettings settings, Supplier<ExampleSource> demo) {
        boolean skipBad = settings.source().skipBad();
        return switch (settings.dataset()) {
            case DEMO -> demo.get();
            case SPIDER -> new SpiderSource(path(settings), remedy(settings), skipBad);
            case SPIDER_CSV -> spiderCsv(path(settings), skipBad);
            case CSPIDER -> SpiderSource.chinese(path(settings), remedy(settings), skipBad);
            case WIKISQL ->
                new WikiSqlSource(
                        path(settings),
                        remedy(settings),
                        skipBad,
                        settings.source().textOnlyRows());
            case BIRD -> new BirdSource(path(settings), remedy(settings), false, skipBad);
            case BIRD_MINI_DEV -> new BirdSource(path(settings), remedy(settings), true, skipBad);
            case GRETEL -> new GretelSource(path(settings), remedy(settings), skipBad);
            case SQL_CREATE_CONTEXT -> new SqlCreateContextSource(path(settings), remedy(settings), skipBad);
            case FILES -> files(settings);
            case MIX ->
                throw new SqlTuneException("data.mix names several data sets, and this needs one: name it with"
                        + " data.dataset and data.path, or data.train_file");
        };
    }

    /** Returns the source of Spider's CSV; it looks for Spider's JSON files in the CSV's folder. */
    private static ExampleSource spiderCsv(Path path, boolean skipBad) {
        Path file = Files.isDirectory(path) ? path.resolve(SPIDER_CSV) : path;
        Path folder = file.toAbsolutePath().getParent();
        return new SpiderCsvSource(file, folder == null ? file : folder, false, skipBad);
    }

    private static ExampleSource files(DataSettings settings) {
        Path train = trainFile(settings);
        SourceSettings source = settings.source();
        ColumnMapping mapping = new ColumnMapping(source.columns());
        if (RowKind.of(train, mapping).isText()) {
            throw new SqlTuneException(train
                    + " holds prompts and completions, conversations or instructions, not questions: it can be trained on,"
                    + " but to split or score by question use rows of question, schema and sql");
        }
        return new OwnFilesSource(
                train,
                settings.validationFile(),
                settings.testFile(),
                mapping,
                AskedDatabase.of(settings),
                source.skipBad());
    }

    static Path trainFile(DataSettings settings) {
        return required(settings.trainFile(), "data.train_file", "a JSONL, JSON, CSV or Parquet file");
    }

    private static Path path(DataSettings settings) {
        String name = settings.dataset().key();
        return required(settings.path(), "data.path", "where " + name + " lies; " + remedy(settings));
    }

    private static String remedy(DataSettings settings) {
        Dataset dataset = settings.dataset();
        return DatasetOrigin.of(dataset)
                .map(origin -> origin.howToGet("at data.path"))
                .orElse("see docs/data-sets.md");
    }

    private static Path required(@Nullable Path path, String key, String remedy) {
        if (path == null) {
            throw new SqlTuneException(key + " is not set: name " + remedy);
        }
        return path;
    }
}
