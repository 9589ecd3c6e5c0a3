package org.sqltune.inference;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
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
import org.sqltune.data.prompt.contract.ContractResolution;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.generation.BatchGenerator;
import org.sqltune.model.lora.AdapterSet;
import org.sqltune.model.tokenizer.Tokenizer;
import org.sqltune.model.torch.Torch;

/**
 * A model that answers questions with SQL, loaded and ready. It is asked with the prompts that its contract, {@code
 * sqltune.json}, says it was trained with. What it computed of a schema is kept for the next question of the same schema.
 * Safe for several threads: they are answered one after the other; {@link org.sqltune.inference.engine.TextEngine} answers
 * many at once.
 *
 * <pre>{@code
 * try (TextToSql sql = TextToSql.load("sqltune-nano", Path.of("outputs/demo/final_model"))) {
 *     System.out.println(sql.answer("How many customers are there?", sql.schema("shop.sqlite")));
 * }
 * }</pre>
 */
public final class TextToSql implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TextToSql.class);

    /** Held by whoever computes or changes what computes. */
    private final ReentrantLock turn = new ReentrantLock(true);

    private final Torch torch;
    private final LanguageModel model;
    private final BatchGenerator generator;
    private final AdapterSet adapters;
    private final ModelPrompts prompts;
    private final InferenceSettings inference;

    private TextToSql(
            Torch torch, LanguageModel model, AdapterSet adapters, ModelPrompts prompts, InferenceSettings inference) {
        this.torch = torch;
        this.model = model;
        this.generator = model.newBatchGenerator(inference.maxBatchSize(), inference.kvCacheBytes());
        this.adapters = adapters;
        this.prompts = prompts;
        this.inference = inference;
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
        Torch torch = loader.openTorch(settings);
        try {
            LanguageModel model = loader.load(torch, settings, inference.weights());
            AdapterSet adapters = new AdapterSet(model.decoder(), settings.name());
            TextToSql loaded = new TextToSql(torch, model, adapters, prompts.apply(model.tokenizer()), inference);
            loaded.begin(adapter);
            return loaded;
        } catch (RuntimeException e) {
            torch.close();
            throw e;
        }
    }

    private void begin(@Nullable Path adapter) {
        if (adapter == null) {
            return;
        }
        try {
            attach(nameOf(adapter), adapter);
            adapters().use(nameOf(adapter));
        } catch (RuntimeException e) {
            generator.close();
            adapters.close();
            model.close();
            throw e;
        }
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
        inTurn(() -> {
            attach(name, folder);
            prompts.add(name, folder);
            return name;
        });
    }

    private <T> T inTurn(Supplier<T> work) {
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    private void attach(String name, Path folder) {
        if (name.equals(AdapterSwitch.BASE)) {
            throw new SqlTuneException("An adapter can't be called " + name + ", as the base is: choose another name");
        }
        adapters.add(name, folder);
    }

    /** Chooses which adapter answers; a switch waits until the answer that is being computed is there. */
    public AdapterSwitch adapters() {
        return new LoadedAdapters(adapters, turn);
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
        return inTurn(() -> prompts.prompt(adapters().active(), question));
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
        return (questions, progress) -> inTurn(() -> new ModelSqlPredictor(
                        model, prompts.template(adapters().active()), inference)
                .predict(generator, questions.stream().map(prompts::linked).toList(), progress));
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

    /** Waits until the answer that is being computed is there. */
    @Override
    public void close() {
        inTurn(() -> {
            generator.close();
            adapters.close();
            model.close();
            torch.close();
            return this;
        });
    }
}
