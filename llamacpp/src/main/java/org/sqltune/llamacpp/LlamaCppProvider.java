package org.sqltune.llamacpp;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.EngineSettings;
import org.sqltune.core.config.settings.EngineSettings.Engine;
import org.sqltune.inference.engine.EngineLimits;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.inference.runtime.PromptForm;
import org.sqltune.inference.runtime.QueuedCompleter;
import org.sqltune.inference.runtime.RuntimeProvider;

/** Opens a GGUF file. */
public final class LlamaCppProvider implements RuntimeProvider {
    /** For {@link java.util.ServiceLoader}. */
    public LlamaCppProvider() {}

    @Override
    public Engine engine() {
        return Engine.LLAMA_CPP;
    }

    /** One text after the other: llama.cpp divides its context among those that it continues at once. */
    @Override
    public TextCompleter open(EngineSettings settings, PromptForm prompts, EngineLimits limits) {
        String named = settings.engineUrl();
        if (named == null || !Files.isRegularFile(Path.of(named))) {
            throw new ConfigException(
                    "inference.engine_url (--url)",
                    List.of((named == null ? "llama.cpp reads a GGUF file" : "there is no file " + named)
                            + ": name one, such as sqltune export gguf writes"));
        }
        EngineLimits one = new EngineLimits(1, limits.cacheBytes(), limits.waitingRequests(), limits.waitingTokens());
        return new QueuedCompleter(new LlamaCppRuntime(Path.of(named), prompts), one);
    }
}
