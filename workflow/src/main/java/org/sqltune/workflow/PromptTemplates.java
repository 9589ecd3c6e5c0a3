package org.sqltune.workflow;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.tokenizer.Tokenizer;

/**
 * Makes the templates that configurations name. Where {@code data.schema_max_tokens} limits schemas, tokens are counted by
 * the model's own tokenizer, so that every command shortens a schema in the same way; it is loaded for that alone, once,
 * and kept until this is closed.
 */
public final class PromptTemplates implements AutoCloseable {
    private final ModelFolders models;
    private final Map<Path, Tokenizer> tokenizers = new HashMap<>();

    public PromptTemplates(ModelFolders models) {
        this.models = models;
    }

    /** @throws org.sqltune.core.SqlTuneException if schemas are limited and the model has no tokenizer here or on the hub */
    public PromptTemplate of(RunConfig config) {
        DataSettings data = config.data();
        return PromptTemplate.of(data.promptFormat(), data.schemaFormat(), data.schemas(), tokens(config));
    }

    /**
     * How a trained model is asked. Every use case that asks one gets its prompts here, whatever it asks.
     *
     * @param config what {@link ModelRequest#load} found
     * @param adapter the adapter in use; null for the model as it is
     */
    public ModelPrompts ofModel(RunConfig config, @Nullable Path adapter) {
        Integer samples = config.data().schemas().schemaSampleValues();
        return new ModelPrompts(of(config), samples == null ? 0 : samples);
    }

    private ToIntFunction<String> tokens(RunConfig config) {
        if (config.data().schemas().schemaMaxTokens() == null) {
            return TokenEstimate::of;
        }
        Tokenizer tokenizer = tokenizers.computeIfAbsent(
                models.resolveTokenizer(config.model()),
                folder -> Tokenizer.load(folder, DecoderConfigReader.read(folder)));
        return text -> tokenizer.encode(text).length;
    }

    @Override
    public void close() {
        tokenizers.values().forEach(Tokenizer::close);
        tokenizers.clear();
    }
}
