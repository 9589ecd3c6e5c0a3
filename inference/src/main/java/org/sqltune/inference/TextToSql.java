package org.sqltune.inference;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings.PromptFormat;
import org.sqltune.core.config.settings.DataSettings.SchemaFormat;
import org.sqltune.core.config.settings.InferenceSettings;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.core.example.SqlPrediction;
import org.sqltune.core.example.SqlPredictor;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.core.schema.SchemaContent;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.ModelLoader;
import org.sqltune.model.generation.TextGenerator;
import org.sqltune.model.lora.AdapterSet;
import org.sqltune.model.torch.Torch;

/**
 * A model that answers questions with SQL, loaded and ready. What it computed of a schema is kept for the next question of
 * the same schema. For one thread at a time.
 *
 * <pre>{@code
 * try (TextToSql sql = TextToSql.load("sqltune-nano", Path.of("outputs/demo/final_model"))) {
 *     System.out.println(sql.answer("How many customers are there?", schema));
 * }
 * }</pre>
 */
public final class TextToSql implements AutoCloseable {
    private final Torch torch;
    private final LanguageModel model;
    private final TextGenerator generator;
    private final AdapterSet adapters;
    private final ModelSqlPredictor predictor;

    private TextToSql(Torch torch, LanguageModel model, AdapterSet adapters, ModelSqlPredictor predictor) {
        this.torch = torch;
        this.model = model;
        this.generator = model.newGenerator();
        this.adapters = adapters;
        this.predictor = predictor;
    }

    /**
     * A model with the {@code inst} prompt and greedy decoding.
     *
     * @param model a folder in Hugging Face's layout, {@code owner/name} on the hub, or {@code sqltune-nano}
     * @param adapter a PEFT adapter's folder; null for none
     */
    public static TextToSql load(String model, @Nullable Path adapter) {
        return load(
                new ModelLoader(ModelFolders.ofUser()),
                ModelSettings.defaults().withName(model),
                adapter,
                PromptTemplate.of(PromptFormat.INST, SchemaFormat.TABLE),
                InferenceSettings.defaults());
    }

    /**
     * A model as a configuration describes it.
     *
     * @param loader loads models by name
     * @param settings which model, and how it computes
     * @param adapter a PEFT adapter's folder; null for none
     * @param template the prompt form it was trained with
     * @param inference how to decode
     */
    public static TextToSql load(
            ModelLoader loader,
            ModelSettings settings,
            @Nullable Path adapter,
            PromptTemplate template,
            InferenceSettings inference) {
        Torch torch = loader.openTorch(settings);
        try {
            LanguageModel model = loader.load(torch, settings);
            AdapterSet adapters = new AdapterSet(model.decoder(), settings.name());
            TextToSql loaded = new TextToSql(torch, model, adapters, new ModelSqlPredictor(model, template, inference));
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
            addAdapter(nameOf(adapter), adapter);
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
     * Loads another adapter over the same base, without using it yet.
     *
     * @param name what it is called from now on
     * @param folder PEFT's files
     * @throws SqlTuneException if the name is taken, or the adapter doesn't load
     */
    public void addAdapter(String name, Path folder) {
        if (name.equals(AdapterSwitch.BASE)) {
            throw new SqlTuneException("An adapter can't be called " + name + ", as the base is: choose another name");
        }
        adapters.add(name, folder);
    }

    /** Chooses which adapter answers. */
    public AdapterSwitch adapters() {
        return new LoadedAdapters(adapters);
    }

    /**
     * The SQL for one question.
     *
     * @param question in natural language
     * @param schema what the model is shown of the database: introspected, or a text
     */
    public String answer(String question, SchemaContent schema) {
        return answer(new SqlQuestion("1", "", question, schema)).sql();
    }

    /** The SQL for one question, with what it took. */
    public SqlPrediction answer(SqlQuestion question) {
        return predictor().predict(List.of(question), ProgressListener.NONE).get(0);
    }

    /** For batches, sessions and evaluation; works until this is closed. */
    public SqlPredictor predictor() {
        return (questions, progress) -> predictor.predict(generator, questions, progress);
    }

    @Override
    public void close() {
        generator.close();
        adapters.close();
        model.close();
        torch.close();
    }
}
