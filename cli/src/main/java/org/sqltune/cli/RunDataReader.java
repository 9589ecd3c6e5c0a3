package org.sqltune.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.DatasetOrigin;
import org.sqltune.core.config.settings.SourceSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.JdbcUrls;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.worker.SqliteDatabases;
import org.sqltune.data.AskedDatabase;
import org.sqltune.data.DataPreparation;
import org.sqltune.data.ExampleSources;
import org.sqltune.data.PromptDataset;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.prompt.SampleValues;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.rows.RowFaults;
import org.sqltune.data.rows.RowKind;
import org.sqltune.data.source.OwnFilesSource;
import org.sqltune.data.source.PromptCompletionFile;
import org.sqltune.data.source.Splits;
import org.sqltune.postgres.proof.ReadOnlyPostgres;
import org.sqltune.synthesis.demo.DemoSource;
import org.sqltune.training.loop.TrainingPipeline.RunData;

/** Reads what a configuration's data section names, once, as prompts and as questions. */
final class RunDataReader {
    private final Path demoDatabases;
    private final DatasetHub hub;
    private final PromptTemplates templates;

    /**
     * @param demoDatabases folder of the demo databases' files; made if they are asked for
     * @param hub where data sets are that are no folders here
     * @param templates how prompts are written
     */
    RunDataReader(Path demoDatabases, DatasetHub hub, PromptTemplates templates) {
        this.demoDatabases = demoDatabases;
        this.hub = hub;
        this.templates = templates;
    }

    /** The data of a run: prompts to train on, and questions to score where the data has any. */
    RunData read(RunConfig config) {
        DataPreparation preparation = preparation(config);
        if (holdsPrompts(config.data(), config.data().trainFile())) {
            return new RunData(preparation.prompts(), null, null);
        }
        Splits questions = sampled(preparation.examples(), config.data());
        return new RunData(PromptDataset.of(questions, templates.of(config)), questions, queried(config.data()));
    }

    /** The data as questions, without a prompt in memory; null if the files hold ready prompts. */
    @Nullable
    Splits questions(RunConfig config) {
        return holdsPrompts(config.data(), config.data().trainFile())
                ? null
                : sampled(preparation(config).examples(), config.data());
    }

    private static boolean holdsPrompts(DataSettings data, @Nullable Path file) {
        return file != null
                && RowKind.of(file, new ColumnMapping(data.source().columns())) == RowKind.PROMPT_COMPLETION;
    }

    /** What {@code eval} scores: the test file or set, else the validation set, as many as asked for. */
    EvaluationSet readTest(RunConfig config) {
        Path testFile = config.data().testFile();
        if (testFile != null && holdsPrompts(config.data(), testFile)) {
            ColumnMapping mapping = new ColumnMapping(config.data().source().columns());
            List<PromptCompletion> rows = PromptCompletionFile.read(testFile, mapping, RowFaults.STRICT);
            return new EvaluationSet(limited(rows, config), null, null, List.of());
        }
        if (testFile != null) {
            SourceSettings source = config.data().source();
            Splits splits = new OwnFilesSource(
                            testFile,
                            null,
                            null,
                            new ColumnMapping(source.columns()),
                            AskedDatabase.of(config.data()),
                            source.skipBad())
                    .prepare();
            return questions(splits.train(), config, splits.notes());
        }
        RunData data = read(config);
        Splits splits = data.questions();
        if (splits == null) {
            return new EvaluationSet(
                    limited(data.prompts().validation(), config),
                    null,
                    null,
                    data.prompts().notes());
        }
        return questions(splits.test().isEmpty() ? splits.validation() : splits.test(), config, splits.notes());
    }

    private EvaluationSet questions(List<Example> all, RunConfig config, List<String> notes) {
        List<Example> chosen = sampled(limited(all, config), config.data());
        PromptTemplate template = templates.of(config);
        List<PromptCompletion> prompts = PromptDataset.of(new Splits(List.of(), List.of(), chosen, List.of()), template)
                .test();
        return new EvaluationSet(prompts, chosen, queried(config.data()), notes);
    }

    private Splits sampled(Splits splits, DataSettings data) {
        return new Splits(
                sampled(splits.train(), data),
                sampled(splits.validation(), data),
                sampled(splits.test(), data),
                splits.notes(),
                splits.counts());
    }

    /** With values from the databases, where schemas are to show some. */
    private List<Example> sampled(List<Example> examples, DataSettings data) {
        Integer values = data.schemas().schemaSampleValues();
        DatabaseFolder databases = databases(data);
        return values == null || values == 0 || databases == null
                ? examples
                : new SampleValues(values).in(examples, databases);
    }

    private static <T> List<T> limited(List<T> all, RunConfig config) {
        if (all.isEmpty()) {
            throw new SqlTuneException("There is nothing to score: name a file with --data, or a data set that has a"
                    + " test or validation part");
        }
        Integer limit = config.evaluation().maxSamples();
        return limit == null ? all : all.subList(0, Math.min(limit, all.size()));
    }

    private DataPreparation preparation(RunConfig config) {
        long seed = config.training().seed();
        return new DataPreparation(located(config.data()), seed, () -> new DemoSource(demoDatabases, seed));
    }

    /**
     * The settings with a data set of the hub brought here: one that is named as it is there, or that is there under a
     * well-known name and hasn't been given a path.
     */
    DataSettings located(DataSettings data) {
        DatasetOrigin origin = DatasetOrigin.of(data.dataset()).orElse(null);
        if (origin == null || !origin.isOnHub()) {
            return data;
        }
        Path path = data.path();
        if (path == null) {
            return data.withPath(hub.folder(origin.hubName()));
        }
        return Files.exists(path)
                ? data
                : data.withPath(hub.folder(path.toString().replace('\\', '/')));
    }

    /** What gold SQL and answers are run on; null if there is nothing. */
    private @Nullable QueryDatabases queried(DataSettings data) {
        String database = data.source().database();
        if (database != null && JdbcUrls.isPostgres(database)) {
            return new ReadOnlyPostgres(database);
        }
        DatabaseFolder folder = databases(data);
        return folder == null ? null : new SqliteDatabases(folder);
    }

    /** Where the data set keeps its databases; null if it has none. */
    @Nullable
    DatabaseFolder databases(DataSettings data) {
        if (data.dataset() == Dataset.DEMO) {
            return new DatabaseFolder(demoDatabases);
        }
        if (data.dataset() == Dataset.FILES) {
            return AskedDatabase.folder(data.source().database()).orElse(null);
        }
        DataSettings here = located(data);
        return ExampleSources.of(here, () -> new DemoSource(demoDatabases, 0))
                .databases()
                .orElse(null);
    }
}
