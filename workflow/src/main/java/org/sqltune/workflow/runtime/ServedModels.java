package org.sqltune.workflow.runtime;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.settings.EngineSettings;
import org.sqltune.core.config.settings.EngineSettings.Engine;
import org.sqltune.core.config.settings.EngineSettings.PromptAs;
import org.sqltune.core.config.settings.InferenceSettings;
import org.sqltune.inference.TextToSql;
import org.sqltune.inference.engine.EngineLimits;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.inference.prompt.ModelPrompts;
import org.sqltune.inference.runtime.PromptForm;
import org.sqltune.inference.runtime.Runtimes;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.tokenizer.Tokenizer;

/**
 * Models that another runtime computes, as {@code inference.engine} says: no weights are loaded here, and of the model's files
 * only the tokenizer where prompts are sent as tokens. It is kept until this is closed.
 */
public final class ServedModels implements AutoCloseable {
    private final ModelFolders models;
    private final Runtimes runtimes;
    private final Map<Path, Tokenizer> tokenizers = new HashMap<>();

    /** @param environment where keys of servers are */
    public ServedModels(ModelFolders models, Map<String, String> environment) {
        this.models = models;
        this.runtimes = new Runtimes(environment);
    }

    /**
     * Opens the runtime.
     *
     * @param config names the runtime, and the model for its tokenizer
     * @param prompts how the model is asked
     * @throws org.sqltune.core.SqlTuneException if the runtime can't be reached or loaded
     */
    public TextToSql open(RunConfig config, ModelPrompts prompts) {
        InferenceSettings inference = config.inference();
        EngineSettings settings = inference.runtime();
        PromptForm form = settings.enginePrompt() == PromptAs.TEXT ? new PromptForm.Text() : ids(config);
        EngineLimits limits = EngineLimits.of(inference.maxBatchSize(), inference.kvCacheBytes());
        return TextToSql.over(runtimes.open(settings, form, limits), prompts, inference);
    }

    /** Whether llama.cpp is on the class path. */
    public boolean hasLlamaCpp() {
        return Runtimes.isProvided(Engine.LLAMA_CPP);
    }

    /**
     * Opens a GGUF file in llama.cpp, within this process. It continues one text after the other.
     *
     * @throws org.sqltune.core.SqlTuneException if llama.cpp isn't on the class path, or can't load the file
     */
    public TextCompleter llamaCpp(Path file, PromptForm prompts) {
        EngineSettings usual = EngineSettings.defaults();
        EngineSettings settings = new EngineSettings(
                Engine.LLAMA_CPP,
                file.toString(),
                null,
                usual.engineApi(),
                PromptAs.IDS,
                usual.engineKey(),
                usual.engineTimeoutSeconds());
        return runtimes.open(settings, prompts, EngineLimits.of(1, 1));
    }

    private PromptForm ids(RunConfig config) {
        Tokenizer tokenizer = tokenizers.computeIfAbsent(
                models.resolveTokenizer(config.model()),
                folder -> Tokenizer.load(folder, DecoderConfigReader.read(folder)));
        return PromptForm.Ids.of(tokenizer);
    }

    @Override
    public void close() {
        tokenizers.values().forEach(Tokenizer::close);
        tokenizers.clear();
    }
}
