package org.sqltune.inference.runtime;

import org.sqltune.core.config.settings.EngineSettings;
import org.sqltune.inference.engine.EngineLimits;
import org.sqltune.inference.engine.TextCompleter;

/** A runtime that a module on the class path brings along, found by {@link java.util.ServiceLoader}. */
public interface RuntimeProvider {
    /** Which setting chooses it. */
    EngineSettings.Engine engine();

    /**
     * Opens it.
     *
     * @param settings what was configured
     * @param prompts what prompts are sent as
     * @param limits how many texts are continued at once, and how many wait
     * @throws org.sqltune.core.SqlTuneException if it can't be opened
     */
    TextCompleter open(EngineSettings settings, PromptForm prompts, EngineLimits limits);
}
