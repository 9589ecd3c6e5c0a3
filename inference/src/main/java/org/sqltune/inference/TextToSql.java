package org.sqltune.inference;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.DataSettings.PromptFormat;
import org.sqltune.core.config.DataSettings.SchemaFormat;
import org.sqltune.core.config.InferenceSettings;
import org.sqltune.core.config.ModelSettings;
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
    private final ModelSqlPredictor predictor;

    private TextToSql(Torch torch, LanguageModel model, ModelSqlPredictor predictor) {
        this.torch = torch;
        this.model = model;
        this.generator = model.newGenerator();
        this.predictor = predictor;
    }

    /**
     * A model with the {@code inst} prompt and greedy decoding.
     *
     * @param model a folder in Hugging Face's layout, {@code owner/name} on the hub, or {@code sqltune-nano}
     * @param adapter a PEFT adapter's folder; null for none
     */
    public static TextToSql load(String model, @Nullable Path adapter) {
        ModelSettings defaults = ModelSettings.defaults();
        ModelSettings settings = new ModelSettings(
                model, defaults.revision(), defaults.dtype(), defaults.device(), defaults.quantization());
        return load(
                new ModelLoader(ModelFolders.ofUser()),
                settings,
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
            LanguageModel model = load(loader, torch, settings, adapter);
            return new TextToSql(torch, model, new ModelSqlPredictor(model, template, inference));
        } catch (RuntimeException e) {
            torch.close();
            throw e;
        }
    }

    private static LanguageModel load(ModelLoader loader, Torch torch, ModelSettings settings, @Nullable Path adapter) {
        LanguageModel model = loader.load(torch, settings);
        try {
            if (adapter != null) {
                model.loadAdapter(adapter);
            }
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
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
        model.close();
        torch.close();
    }
}
