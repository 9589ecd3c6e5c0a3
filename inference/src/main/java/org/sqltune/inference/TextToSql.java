package org.sqltune.inference;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.InferenceSettings;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.data.prompt.contract.ContractResolution;
import org.sqltune.inference.answer.AnswerConstraint;
import org.sqltune.inference.answer.AnswerPredictor;
import org.sqltune.inference.answer.AnswerService;
import org.sqltune.inference.choice.CandidateRuns;
import org.sqltune.inference.choice.Confidence;
import org.sqltune.inference.choice.ConfidentPredictor;
import org.sqltune.inference.choice.VotingPredictor;
import org.sqltune.inference.choice.VotingPredictor.Decoders;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.tokenizer.Tokenizer;

/**
 * A model that answers questions with SQL, loaded and ready. It is asked with the prompts that its contract, {@code
 * sqltune.json}, says it was trained with. What it computed of a schema is kept for the next question of the same schema.
 * Safe for several threads, whose questions are answered together. The simple front of {@link AnswerService}.
 *
 * <pre>{@code
 * try (TextToSql sql = TextToSql.load("sqltune-nano", Path.of("outputs/demo/final_model"))) {
 *     System.out.println(sql.answer("How many customers are there?", sql.schema("shop.sqlite")));
 * }
 * }</pre>
 */
public final class TextToSql implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TextToSql.class);

    private final AnswerService service;
    private final ModelPrompts prompts;
    private final InferenceSettings inference;
    private final AnswerConstraint constraint;
    private final LoadedModel loaded;
    private final AdapterSwitch adapters;
    /** By adapter. */
    private final Map<String, Confidence> confidences = new ConcurrentHashMap<>();

    private final Confidence confidence;
    private final boolean tellsLogprobs;
    private volatile @Nullable CandidateRuns runs;
    private volatile boolean toldOfNoDatabases;

    private TextToSql(
            TextCompleter completer,
            LoadedModel loaded,
            ModelPrompts prompts,
            ToIntFunction<String> tokens,
            InferenceSettings inference,
            AnswerConstraint constraint,
            @Nullable Path folder) {
        this.confidence = folder == null ? Confidence.ofDefault() : Confidence.ofModel(folder);
        this.tellsLogprobs = folder != null && inference.confidence();
        this.constraint = constraint;
        this.service = new AnswerService(completer, prompts, tokens);
        this.loaded = loaded;
        this.prompts = prompts;
        this.inference = inference;
        this.adapters = new LoadedAdapters(completer::adapters, AdapterSwitch.BASE);
    }

    /**
     * A model that another runtime serves, asked as this process would ask it.
     *
     * @param completer the runtime; closed with this
     * @param prompts how it is asked
     * @param inference how to decode
     */
    public static TextToSql over(TextCompleter completer, ModelPrompts prompts, InferenceSettings inference) {
        LoadedModel elsewhere = new LoadedModel() {
            @Override
            public void addAdapter(String name, Path folder) {
                if (!completer.adapters().contains(name)) {
                    throw new SqlTuneException("There is no adapter " + name
                            + " where the model is served: load it there, under that name");
                }
            }

            @Override
            public void close() {
                // The completer is all there is.
            }
        };
        return new TextToSql(completer, elsewhere, prompts, TokenEstimate::of, inference, AnswerConstraint.NONE, null);
    }

    /**
     * A model with the prompts it was trained with, and greedy decoding. Where no contract says how it was trained, a
     * warning says what decided instead, as {@link ContractResolution} does.
     *
     * @param model a folder in Hugging Face's layout, {@code owner/name} on the hub, or {@code sqltune-nano}
     * @param adapter a PEFT adapter's folder; null for none
     * @throws SqlTuneException if something is missing or damaged, the contract included
     */
    public static TextToSql load(String model, @Nullable Path adapter) {
        ModelSettings settings = ModelSettings.defaults().withName(model);
        ModelFolders folders = ModelFolders.ofUser();
        ContractResolution found = ContractResolution.of(adapter, folders.resolve(settings));
        found.tell(log);
        return load(
                new ModelLoader(folders),
                settings,
                adapter,
                tokenizer -> new ModelPrompts(found.contract(), text -> tokenizer.encode(text).length, tokenizer::chat),
                InferenceSettings.defaults());
    }

    /**
     * A model as a configuration describes it.
     *
     * @param loader loads models by name
     * @param settings which model, and how it computes
     * @param adapter a PEFT adapter's folder; null for none
     * @param prompts how it is asked, by what {@link ContractResolution} found
     * @param inference how to decode
     */
    public static TextToSql load(
            ModelLoader loader,
            ModelSettings settings,
            @Nullable Path adapter,
            ModelPrompts prompts,
            InferenceSettings inference) {
        return load(loader, settings, adapter, tokenizer -> prompts, inference);
    }

    private static TextToSql load(
            ModelLoader loader,
            ModelSettings settings,
            @Nullable Path adapter,
            Function<Tokenizer, ModelPrompts> prompts,
            InferenceSettings inference) {
        NativeModel loaded = NativeModel.load(loader, settings, inference);
        try {
            TextToSql sql = of(loaded, prompts.apply(loaded.model().tokenizer()), inference);
            if (adapter != null) {
                sql.use(adapter);
            }
            return sql;
        } catch (RuntimeException e) {
            loaded.engine().close();
            loaded.close();
            throw e;
        }
    }

    /**
     * A model that its caller has loaded, as it is, an attached adapter included. It stays the caller's, who neither computes
     * with it nor changes it until this is closed; adapters that are added here are freed then.
     *
     * @param prompts how it is asked
     * @param inference how to decode
     */
    public static TextToSql over(LanguageModel model, ModelPrompts prompts, InferenceSettings inference) {
        return of(NativeModel.over(model, inference), prompts, inference);
    }

    private static TextToSql of(NativeModel loaded, ModelPrompts prompts, InferenceSettings inference) {
        Tokenizer tokenizer = loaded.model().tokenizer();
        return new TextToSql(
                loaded.engine(),
                loaded,
                prompts,
                text -> tokenizer.encode(text).length,
                inference,
                loaded.constraint(inference),
                loaded.model().folder());
    }

    /**
     * What an adapter is called that was loaded without a name: its folder's, or its run's where it is {@code final_model}
     * or a checkpoint.
     */
    public static String nameOf(Path adapter) {
        Path folder = adapter.toAbsolutePath().normalize();
        Path run = folder.getParent();
        String name = String.valueOf(folder.getFileName());
        boolean ofRun = name.equals("final_model") || name.matches("checkpoint-\\d+");
        return ofRun && run != null ? String.valueOf(run.getFileName()) : name;
    }

    /**
     * Loads another adapter over the same base, without using it yet. It is asked as its own contract says.
     *
     * @param name what it is called from now on
     * @param folder PEFT's files
     * @throws SqlTuneException if the name is taken, or the adapter doesn't load
     */
    public void addAdapter(String name, Path folder) {
        attach(name, folder);
        prompts.add(name, folder);
    }

    /**
     * Loads an adapter under the name of its folder, and uses it: it is asked as the model is, whatever its own contract says.
     *
     * @param folder PEFT's files
     * @throws SqlTuneException if the name is taken, or the adapter doesn't load
     */
    public void use(Path folder) {
        attach(nameOf(folder), folder);
        adapters.use(nameOf(folder));
    }

    private void attach(String name, Path folder) {
        if (name.equals(AdapterSwitch.BASE)) {
            throw new SqlTuneException("An adapter can't be called " + name + ", as the base is: choose another name");
        }
        loaded.addAdapter(name, folder);
        confidences.put(name, Confidence.ofModel(folder));
    }

    /**
     * Chooses which adapter answers what is asked from then on. All callers share this choice; those that mustn't mix take
     * one of {@link #ownAdapters their own}.
     */
    public AdapterSwitch adapters() {
        return adapters;
    }

    /** A choice for one caller, such as a thread or a session, which begins with what is in use now. See {@link #predictor(AdapterSwitch)}. */
    public AdapterSwitch ownAdapters() {
        return new LoadedAdapters(service::adapters, adapters.active());
    }

    private static Optional<String> adapter(AdapterSwitch choice) {
        return Optional.of(choice.active()).filter(name -> !name.equals(AdapterSwitch.BASE));
    }

    /**
     * A database as the model was shown databases in training: with the comments, keys and values that its contract asks
     * for. Nothing is written to it.
     *
     * @param database an SQLite file, or a JDBC URL of SQLite or PostgreSQL
     * @throws SqlTuneException if there is no such database, or it can't be read
     */
    public Schema schema(String database) {
        return prompts.schema(database);
    }

    /**
     * Exactly what the model is asked, without asking it.
     *
     * @param question in natural language
     * @param schema what the model is shown of the database: {@link #schema}, or a text
     */
    public String prompt(String question, SchemaContent schema) {
        return prompt(ModelPrompts.question("1", question, schema));
    }

    /** As {@link #prompt(String, SchemaContent)}, of a question of which more may be known. */
    public String prompt(SqlQuestion question) {
        return service.prompt(adapter(adapters).orElse(null), question);
    }

    /**
     * The SQL for one question.
     *
     * @param question in natural language
     * @param schema what the model is shown of the database: {@link #schema}, or a text
     */
    public String answer(String question, SchemaContent schema) {
        return answer(ModelPrompts.question("1", question, schema)).sql();
    }

    /** The SQL for one question, with what it took. */
    public SqlPrediction answer(SqlQuestion question) {
        return predictor().predict(List.of(question), ProgressListener.NONE).get(0);
    }

    /** For batches, sessions and evaluation; works until this is closed. */
    public SqlPredictor predictor() {
        return predictor(adapters);
    }

    /**
     * As {@link #predictor()}, with the adapter that is in use there when it is asked.
     *
     * @param choice of {@link #ownAdapters}
     */
    public SqlPredictor predictor(AdapterSwitch choice) {
        return predictor(choice, decoding(), inference.n());
    }

    /**
     * As {@link #predictor(AdapterSwitch)}, decoded otherwise.
     *
     * @param n candidates of which a vote chooses; 1 for the only answer
     */
    public SqlPredictor predictor(AdapterSwitch choice, GenerationSettings decoding, int n) {
        CandidateRuns running = runs;
        if (n > 1 && running == null && !toldOfNoDatabases) {
            toldOfNoDatabases = true;
            log.warn("inference.n {} has no effect: candidates are chosen by their rows, and there is no database", n);
        }
        Decoders decoders = each -> new AnswerPredictor(service, () -> adapter(choice), each).constrained(constraint);
        SqlPredictor answers = n > 1 && running != null
                ? new VotingPredictor(decoders, decoding, n, running)
                : decoders.decoding(tellsLogprobs ? decoding.withLogprobs(0) : decoding);
        return new ConfidentPredictor(answers, () -> confidences.getOrDefault(choice.active(), confidence));
    }

    /**
     * Says where candidates are run, read-only, if there are several ({@code inference.n}); without it, questions get their only
     * answer. Affects predictors that are made from then on.
     *
     * @param databases those that questions name
     * @param limits what each query may use up
     */
    public void runOn(QueryDatabases databases, QueryLimits limits) {
        CandidateRuns before = runs;
        runs = new CandidateRuns(databases, limits);
        if (before != null) {
            before.close();
        }
    }

    /** What answers are kept to; {@link #service} asks for it only where a request does. */
    public AnswerConstraint constraint() {
        return constraint;
    }

    /** Estimates how probably the answers of the adapter in use are right. */
    public Confidence confidence() {
        return confidences.getOrDefault(adapters.active(), confidence);
    }

    /** Candidates of each answer, as the settings say. */
    public int n() {
        return inference.n();
    }

    /** How answers are decoded unless a request says otherwise. */
    public GenerationSettings decoding() {
        return GenerationSettings.of(inference.decoding());
    }

    /** What answers, for callers that want more than SQL: conversations, priorities, deadlines, cancellation. */
    public AnswerService service() {
        return service;
    }

    /**
     * Makes known where a schema's database is, as {@link #schema} does, for schemas that were read otherwise: a model that
     * was trained with value links is then shown the values that questions speak of.
     *
     * @param database an SQLite file, or a JDBC URL of SQLite or PostgreSQL
     */
    public void know(Schema schema, String database) {
        prompts.of(schema, database);
    }

    /** Ends what is being answered, and frees what is held. */
    @Override
    public void close() {
        service.close();
        CandidateRuns running = runs;
        if (running != null) {
            running.close();
        }
        loaded.close();
    }
}
