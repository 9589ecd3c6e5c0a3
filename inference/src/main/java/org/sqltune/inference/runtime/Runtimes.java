package org.sqltune.inference.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.EngineSettings;
import org.sqltune.core.config.settings.EngineSettings.Api;
import org.sqltune.core.config.settings.EngineSettings.Engine;
import org.sqltune.inference.engine.EngineLimits;
import org.sqltune.inference.engine.TextCompleter;
import org.sqltune.model.server.OllamaAddress;
import org.sqltune.model.server.ServerAddress;
import org.sqltune.model.server.ServerConnection;

/** Opens the runtime that a configuration names. */
public final class Runtimes {
    private final Map<String, String> environment;

    /** @param environment where keys of servers are */
    public Runtimes(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /**
     * Opens it. A server is asked which models it has, and nothing else.
     *
     * @throws ConfigException if the settings contradict each other, or what they name isn't there
     * @throws SqlTuneException if the server doesn't answer, or the runtime can't be loaded
     */
    public TextCompleter open(EngineSettings settings, PromptForm prompts, EngineLimits limits) {
        return switch (settings.engine()) {
            case NATIVE -> throw new IllegalArgumentException("the native engine is opened with its model");
            case OPENAI -> server(openAi(settings, prompts), settings, limits);
            case OLLAMA -> server(ollama(settings, prompts), settings, limits);
            case LLAMA_CPP -> provided(settings, prompts, limits);
        };
    }

    private static ServerProtocol openAi(EngineSettings settings, PromptForm prompts) {
        if (settings.engineApi() == Api.COMPLETIONS) {
            return new OpenAiCompletions(prompts);
        }
        requireTexts(prompts, "conversations (inference.engine_api=chat)");
        return new OpenAiChat();
    }

    private ServerProtocol ollama(EngineSettings settings, PromptForm prompts) {
        requireTexts(prompts, "Ollama");
        if (settings.engineApi() == Api.CHAT) {
            throw new ConfigException(
                    "inference.engine_api",
                    List.of(
                            "chat is for openai: Ollama is sent whole prompts, so that its own template changes nothing"));
        }
        return new OllamaProtocol(OllamaAddress.usual(environment));
    }

    private static void requireTexts(PromptForm prompts, String what) {
        if (!(prompts instanceof PromptForm.Text)) {
            throw new ConfigException(
                    "inference.engine_prompt", List.of("ids can't be sent to " + what + ": leave it out"));
        }
    }

    private TextCompleter server(ServerProtocol protocol, EngineSettings settings, EngineLimits limits) {
        String key = environment.get(settings.engineKey());
        String url = settings.engineUrl() == null ? protocol.usualAddress() : settings.engineUrl();
        ServerConnection connection = new ServerConnection(
                ServerAddress.of(url, protocol::pathBefore),
                protocol.what(),
                key,
                settings.engineKey(),
                settings.timeout());
        String model = settings.engineModel();
        List<String> models = new ServerCalls(protocol, connection).models(model != null);
        String chosen = model == null ? only(connection, models) : model;
        return new QueuedCompleter(new ServerRuntime(protocol, connection, chosen, models), limits);
    }

    private static String only(ServerConnection connection, List<String> models) {
        if (models.size() != 1) {
            throw new ConfigException(
                    "inference.engine_model",
                    List.of(
                            models.isEmpty()
                                    ? connection.address() + " has no models: load one there"
                                    : connection.address() + " has several models: name one of "
                                            + String.join(", ", models)));
        }
        return models.get(0);
    }

    /** Whether a module on the class path brings a runtime along. */
    public static boolean isProvided(Engine engine) {
        return provider(engine).isPresent();
    }

    private static Optional<RuntimeProvider> provider(Engine engine) {
        return ServiceLoader.load(RuntimeProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.engine() == engine)
                .findFirst();
    }

    private static TextCompleter provided(EngineSettings settings, PromptForm prompts, EngineLimits limits) {
        return provider(settings.engine()).orElseThrow(Runtimes::missing).open(settings, prompts, limits);
    }

    private static SqlTuneException missing() {
        return new SqlTuneException("inference.engine " + Engine.LLAMA_CPP.spelling()
                + " needs a module that isn't in this jar: put sqltune-llamacpp and de.kherud:llama on the class path"
                + " (docs/engines.md)");
    }

    /** What the engine is, in a few words for reports: {@code openai http://localhost:8080/v1}. */
    public static String describe(EngineSettings settings) {
        String url = settings.engineUrl();
        return settings.engine().spelling() + (url == null ? "" : " " + url);
    }
}
