package org.sqltune.workflow;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.data.prompt.PromptTemplate;
import org.sqltune.data.prompt.TokenEstimate;
import org.sqltune.data.prompt.contract.ContractResolution;
import org.sqltune.data.prompt.contract.PromptContract;
import org.sqltune.inference.ModelPrompts;
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
     * How a trained model is asked. Every use case that asks one finds that out here, whatever it asks, and goes on with
     * {@link #asTrained} in place of the configuration.
     *
     * @param config what {@link ModelRequest#load} found
     * @param request what it found it for
     * @throws org.sqltune.core.SqlTuneException if the model's {@code sqltune.json} can't be used
     */
    public ContractResolution resolve(RunConfig config, ModelRequest request) {
        return ContractResolution.of(
                request.adapter(),
                config.model().name(),
                () -> models.resolveTokenizer(config.model()),
                config.data(),
                request.given());
    }

    /** The configuration with the prompts of the model in place of its own. */
    public static RunConfig asTrained(RunConfig config, ContractResolution prompts) {
        return config.withData(prompts.contract().applyTo(config.data()));
    }

    /** The prompts of a configuration that has those of its model. */
    public ModelPrompts prompts(RunConfig asTrained) {
        return new ModelPrompts(PromptContract.of(asTrained.data()), tokens(asTrained));
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
