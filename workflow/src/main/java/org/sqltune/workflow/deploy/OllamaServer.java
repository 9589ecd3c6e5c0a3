package org.sqltune.workflow.deploy;

import java.util.List;
import java.util.Map;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.EngineSettings;
import org.sqltune.core.config.settings.EngineSettings.Engine;
import org.sqltune.deployment.ollama.OllamaClient;
import org.sqltune.deployment.ollama.OllamaVersion;
import org.sqltune.model.server.OllamaAddress;
import org.sqltune.model.server.ServerAddress;
import org.sqltune.model.server.ServerConnection;
import org.sqltune.workflow.ConfigSource;
import org.sqltune.workflow.DotEnv;
import org.sqltune.workflow.ModelRequest;

/** Which Ollama a configuration means: the keys are those of {@code inference.engine}, so asking and deploying agree. */
final class OllamaServer {
    private OllamaServer() {}

    /**
     * Loads a model's configuration, with Ollama as its engine unless it says otherwise.
     *
     * @throws ConfigException if it has faults, or names another engine
     */
    static RunConfig load(ModelRequest request) {
        return requireOllama(asked(request).load(new RunConfigLoader(), ConfigSource.defaults()));
    }

    /**
     * The request with Ollama as its engine.
     *
     * @param further weaker keys, as {@code section.key=value}
     */
    static ModelRequest asked(ModelRequest request, String... further) {
        return new ModelRequest(
                request.run().withWeaker(List.of("inference.engine=ollama")).withWeaker(List.of(further)),
                request.adapter());
    }

    /**
     * The configuration.
     *
     * @throws ConfigException if it names another engine
     */
    static RunConfig requireOllama(RunConfig config) {
        Engine engine = config.inference().runtime().engine();
        if (engine != Engine.OLLAMA) {
            throw new ConfigException(
                    "inference.engine (--engine)",
                    List.of("is " + engine.spelling() + ", but models are deployed to ollama: leave it out"));
        }
        return config;
    }

    /** The server, which isn't asked yet. */
    static OllamaClient client(RunConfig config) {
        EngineSettings settings = config.inference().runtime();
        Map<String, String> environment = DotEnv.environment();
        String url = settings.engineUrl() == null ? OllamaAddress.usual(environment) : settings.engineUrl();
        return new OllamaClient(new ServerConnection(
                ServerAddress.of(url, path -> path),
                "an Ollama server",
                environment.get(settings.engineKey()),
                settings.engineKey(),
                settings.timeout()));
    }

    /**
     * The version of a server that can make models of uploaded files.
     *
     * @throws SqlTuneException if it doesn't answer, or can't
     */
    static OllamaVersion requireFiles(OllamaClient client) {
        OllamaVersion version = client.version();
        if (!version.isAtLeast(OllamaVersion.FIRST_WITH_FILES)) {
            throw new SqlTuneException(client.address() + " is Ollama " + version + ", which is too old: install "
                    + OllamaVersion.FIRST_WITH_FILES + " or newer");
        }
        return version;
    }
}
