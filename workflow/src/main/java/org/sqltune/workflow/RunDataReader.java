package org.sqltune.workflow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.DatasetOrigin;
import org.sqltune.core.config.settings.SourceSettings;
import org.sqltune.core.config.settings.knowledge.KnowledgeSettings;
import org.sqltune.core.example.Example;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.sql.DatabaseFolder;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.worker.SqliteDatabases;
import org.sqltune.data.AskedDatabase;
import org.sqltune.data.DataPreparation;
import org.sqltune.data.ExampleSources;
import org.sqltune.data.chat.ChatTexts;
import org.sqltune.data.chat.TextRow;
import org.sqltune.data.knowledge.KnowledgeBase;
import org.sqltune.data.link.ValueLinkers;
import org.sqltune.data.prompt.ChatPrompt;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.prompt.SampleValues;
import org.sqltune.data.rows.ColumnMapping;
import org.sqltune.data.rows.RowFaults;
import org.sqltune.data.rows.RowKind;
import org.sqltune.data.source.OwnFilesSource;
import org.sqltune.data.source.TextRowsFile;
import org.sqltune.data.split.Splits;
import org.sqltune.evaluation.BenchmarkScorer;
import org.sqltune.evaluation.benchmark.OfficialScorers;
import org.sqltune.synthesis.demo.DemoSource;
import org.sqltune.training.loop.TrainingPipeline.RunData;

/** Reads the data of a configuration, as prompts and as questions. */
public final class RunDataReader {
    private static final Logger log = LoggerFactory.getLogger(RunDataReader.class);

    private final Path demoDatabases;
    private final DatasetHub hub;
    private final Databases named;
    private final PromptTemplates templates;
    private final ValueLinkers linkers = new ValueLinkers();
    private final Map<KnowledgeSettings, KnowledgeBase> knowledge = new HashMap<>();

    /**
     * @param demoDatabases the folder of the demo databases' files, created on demand
     * @param hub finds data sets that aren't local folders
     * @param named resolves {@code data.database}
     * @param templates creates the prompt templates
     */
    public RunDataReader(Path demoDatabases, DatasetHub hub, Databases named, PromptTemplates templates) {
        this.demoDatabases = demoDatabases;
        this.hub = hub;
        this.named = named;
        this.templates = templates;
    }

    /** Reads the data of a run: prompts for training, and questions for scoring if the data has any. */
    public RunData read(RunConfig config) {
        if (config.data().dataset() == Dataset.MIX) {
            return mixed(config).runData(parts(config).map(this::read).toList());
        }
        DataPreparation preparation = preparation(config);
        if (preparation.holdsTexts()) {
            return new RunData(preparation.texts().map(templates.chats(config)::of), null, null);
        }
        Splits<Example> questions = sampled(preparation.examples(), config.data());
        return new RunData(
                questions.map(templates.of(config)::promptCompletion),
                questions,
                queries(config.data()),
                official(config));
    }

    /** Reads the data as questions, without prompts; null if the files contain texts, or several sets are mixed. */
    @Nullable
    public Splits<Example> questions(RunConfig config) {
        return config.data().dataset() == Dataset.MIX || preparation(config).holdsTexts()
                ? null
                : sampled(preparation(config).examples(), config.data());
    }

    /** Reads the data as rows of texts and conversations, before a chat template is applied. */
    public Splits<TextRow> rows(RunConfig config) {
        if (config.data().dataset() == Dataset.MIX) {
            return mixed(config).rows(parts(config).map(this::rows).toList());
        }
        DataPreparation preparation = preparation(config);
        if (preparation.holdsTexts()) {
            return preparation.texts();
        }
        PromptTemplate template = templates.of(config);
        return sampled(preparation.examples(), config.data()).map(example -> row(template, example));
    }

    private static TextRow row(PromptTemplate template, Example example) {
        return template instanceof ChatPrompt chat
                ? new TextRow.Chat(chat.conversation(example), example.id())
                : new TextRow.Texts(template.promptCompletion(example), example.id());
    }

    private static MixedSets mixed(RunConfig config) {
        return new MixedSets(config.data(), config.training().seed());
    }

    private static Stream<RunConfig> parts(RunConfig config) {
        return config.data().mix().stream()
                .map(part -> config.withData(config.data().ofPart(part)));
    }

    private static boolean holdsTexts(DataSettings data, Path file) {
        return RowKind.of(file, new ColumnMapping(data.source().columns())).isText();
    }

    /**
     * Reads the examples that confidence is fitted to: the validation part, never the test part.
     *
     * @throws ConfigException if the data has no validation part of questions
     */
    public EvaluationSet readValidation(RunConfig config) {
        RunData data = read(config);
        Splits<Example> splits = data.questions();
        if (splits == null || splits.validation().isEmpty()) {
            throw new ConfigException(
                    "--calibrate",
                    List.of("needs questions that the model wasn't trained on: set data.validation_file, or"
                            + " data.validation_split above 0 as in training"));
        }
        return questions(splits.validation(), config, List.of(), splits.notes());
    }

    /**
     * Reads the examples that {@code eval} scores: the test file or set, else the validation set, limited as
     * configured.
     */
    public EvaluationSet readTest(RunConfig config) {
        Path testFile = config.data().testFile();
        if (testFile != null && holdsTexts(config.data(), testFile)) {
            ColumnMapping mapping = new ColumnMapping(config.data().source().columns());
            ChatTexts chats = templates.chats(config);
            List<PromptCompletion> rows = TextRowsFile.read(testFile, mapping, RowFaults.STRICT).stream()
                    .map(chats::of)
                    .toList();
            return EvaluationSet.ofPrompts(limited(rows, config), List.of());
        }
        if (testFile != null) {
            SourceSettings source = config.data().source();
            Splits<Example> splits = new OwnFilesSource(
                            testFile,
                            null,
                            null,
                            new ColumnMapping(source.columns()),
                            AskedDatabase.of(withDatabase(config.data())),
                            source.skipBad())
                    .prepare();
            return questions(splits.train(), config, List.of(), splits.notes());
        }
        if (config.data().dataset() == Dataset.MIX) {
            RunData data = read(config);
            Splits<Example> mixed = data.questions();
            return mixed == null
                    ? EvaluationSet.ofPrompts(
                            limited(data.prompts().validation(), config),
                            data.prompts().notes())
                    : questions(mixed, config, data.official());
        }
        DataPreparation preparation = preparation(config);
        if (preparation.holdsTexts()) {
            Splits<TextRow> texts = preparation.texts();
            List<PromptCompletion> prompts =
                    texts.validation().stream().map(templates.chats(config)::of).toList();
            return EvaluationSet.ofPrompts(limited(prompts, config), texts.notes());
        }
        return questions(preparation.examples(), config, official(config));
    }

    private EvaluationSet questions(Splits<Example> splits, RunConfig config, List<BenchmarkScorer> official) {
        return questions(
                splits.test().isEmpty() ? splits.validation() : splits.test(), config, official, splits.notes());
    }

    /** Values and prompts cost time, so only what is scored gets any. */
    private EvaluationSet questions(
            List<Example> all, RunConfig config, List<BenchmarkScorer> official, List<String> notes) {
        List<Example> chosen = sampled(limited(all, config), config.data());
        return new EvaluationSet(
                () -> chosen.stream()
                        .map(templates.of(config)::promptCompletion)
                        .toList(),
                chosen,
                queries(config.data()),
                official,
                notes);
    }

    /**
     * Returns the data set's official scorers, on the databases of {@code evaluation.database_path} if it is set.
     * They need SQLite files, so {@code data.database} excludes them.
     */
    private List<BenchmarkScorer> official(RunConfig config) {
        DataSettings data = config.data();
        if (data.dataset() == Dataset.DEMO
                || data.dataset() == Dataset.FILES
                || data.dataset() == Dataset.MIX
                || data.source().database() != null) {
            return List.of();
        }
        Path asked = config.evaluation().databasePath();
        return ExampleSources.of(located(data), () -> new DemoSource(demoDatabases, 0))
                .benchmark()
                .map(files -> OfficialScorers.of(
                        files,
                        asked == null ? null : new DatabaseFolder(asked),
                        config.evaluation().vesRuns()))
                .orElse(List.of());
    }

    private Splits<Example> sampled(Splits<Example> splits, DataSettings data) {
        return splits.mapSets(examples -> sampled(examples, data));
    }

    /** Adds values from the databases if schemas or questions show some. */
    private List<Example> sampled(List<Example> examples, DataSettings data) {
        Integer values = data.schemas().schemaSampleValues();
        DatabaseFolder databases = databases(data);
        List<Example> linked = linked(
                values == null || values == 0 || databases == null
                        ? examples
                        : new SampleValues(values).in(examples, databases),
                databases,
                data);
        return data.knowledge().tellsAnything() ? known(linked, data.knowledge()) : linked;
    }

    private List<Example> known(List<Example> examples, KnowledgeSettings settings) {
        KnowledgeBase knowledge = knowledge(settings);
        String glossary = settings.glossary();
        if (glossary != null && !KnowledgeSettings.isText(glossary)) {
            Map<String, Schema> schemas = new LinkedHashMap<>();
            for (Example example : examples) {
                if (example.schema() instanceof Schema schema) {
                    schemas.putIfAbsent(schema.databaseId(), schema);
                }
            }
            knowledge.glossary().check(schemas.values());
        }
        return knowledge.in(examples);
    }

    private synchronized KnowledgeBase knowledge(KnowledgeSettings settings) {
        return knowledge.computeIfAbsent(settings, KnowledgeBase::new);
    }

    private List<Example> linked(List<Example> examples, @Nullable DatabaseFolder databases, DataSettings data) {
        if (data.schemas().valueLinks() == 0 || examples.isEmpty()) {
            return examples;
        }
        Optional<NamedDatabase> named = database(data);
        if (databases == null && named.isEmpty()) {
            log.warn(
                    "data.value_links is {}, but no database of the data is here: no question has any",
                    data.schemas().valueLinks());
            return examples;
        }
        return linkers.in(
                examples,
                id -> databases == null
                        ? named.flatMap(each -> each.locationOf(id))
                        : databases.locate(id).map(Path::toString));
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
     * Returns the settings with local locations: a data set named as on the hub, or a well-known one without a path,
     * is downloaded; {@code data.database} becomes a file, a folder or a URL.
     *
     * @throws org.sqltune.core.config.ConfigException if there is no such database
     */
    public DataSettings located(DataSettings data) {
        DataSettings here = withDatabase(data);
        DatasetOrigin origin = DatasetOrigin.of(here.dataset()).orElse(null);
        if (origin == null || !origin.isOnHub()) {
            return here;
        }
        Path path = here.path();
        if (path == null) {
            return here.withPath(hub.folder(origin.hubName()));
        }
        return Files.exists(path)
                ? here
                : here.withPath(hub.folder(path.toString().replace('\\', '/')));
    }

    private DataSettings withDatabase(DataSettings data) {
        return database(data)
                .map(database -> data.withDatabase(database.location()))
                .orElse(data);
    }

    /** Returns the database of {@code data.database}; empty if it isn't set. */
    private Optional<NamedDatabase> database(DataSettings data) {
        return Optional.ofNullable(data.source().database()).map(name -> named.named("data.database", name));
    }

    /** Returns the databases for running gold SQL and answers; null if there are none. */
    @Nullable
    public QueryDatabases queries(DataSettings data) {
        Optional<NamedDatabase> database = database(data);
        if (database.isPresent()) {
            return database.get().queries();
        }
        DatabaseFolder folder = databases(data);
        return folder == null ? null : new SqliteDatabases(folder);
    }

    /** Returns the data set's database folder; null if it has none. */
    @Nullable
    public DatabaseFolder databases(DataSettings data) {
        if (data.dataset() == Dataset.DEMO) {
            return new DatabaseFolder(demoDatabases);
        }
        if (data.dataset() == Dataset.MIX) {
            return null;
        }
        if (data.dataset() == Dataset.FILES) {
            return database(data)
                    .filter(each -> each.kind() == NamedDatabase.Kind.FOLDER)
                    .map(each -> new DatabaseFolder(Path.of(each.location())))
                    .orElse(null);
        }
        DataSettings here = located(data);
        return ExampleSources.of(here, () -> new DemoSource(demoDatabases, 0))
                .databases()
                .orElse(null);
    }
}
