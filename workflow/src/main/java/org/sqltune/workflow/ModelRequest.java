package org.sqltune.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.data.prompt.contract.GivenSettings;
import org.sqltune.data.prompt.contract.RunConfigFile;

/**
 * Selects a trained model and its configuration: the given file, else that of the run that made the adapter or the
 * model, else a default.
 *
 * @param run the configuration and its overrides; {@code model.name} may be a folder of a run
 * @param adapter a PEFT adapter's folder; null for the model alone
 */
public record ModelRequest(RunRequest run, @Nullable Path adapter) {
    private static final String MODEL_NAME = "model.name=";

    /** Returns a request for the model of a configuration, with an adapter. */
    public static ModelRequest of(@Nullable Path config, @Nullable Path adapter) {
        return new ModelRequest(RunRequest.of(config, List.of()), adapter);
    }

    /**
     * Loads the configuration.
     *
     * @param otherwise the default if no file is given and no run is found
     * @throws org.sqltune.core.config.ConfigException if the configuration has faults, all of which it lists, or if
     *     the adapter doesn't exist
     */
    public RunConfig load(RunConfigLoader loader, ConfigSource otherwise) {
        new NamedPaths().folder("--adapter-path", adapter).check();
        List<String> weaker = new ArrayList<>();
        // The starting point of the training run no longer matters, and may be gone.
        weaker.add("training.init_adapter=null");
        weaker.add("lora.init_lora_weights=true");
        Optional<ConfigSource> made = trained().flatMap(RunFolder::configOf);
        if (made.isEmpty() && baseModel().isEmpty() && run.config() == null && adapter != null) {
            weaker.addAll(baseOf(adapter));
        }
        return run.withWeaker(weaker).load(loader, made.orElse(otherwise));
    }

    /** Returns the explicit settings of the given file or the run's file, and of the overrides. */
    GivenSettings given() {
        Path file = run.config() != null
                ? run.config()
                : trained().flatMap(RunConfigFile::beside).orElse(null);
        return GivenSettings.of(file, run.overrides());
    }

    private Optional<Path> trained() {
        return adapter != null
                ? Optional.of(adapter)
                : baseModel().map(Path::of).filter(Files::isDirectory);
    }

    /** Returns the model that the overrides set. */
    private Optional<String> baseModel() {
        return run.overrides().stream()
                .filter(each -> each.startsWith(MODEL_NAME))
                .reduce((first, second) -> second)
                .map(each -> each.substring(MODEL_NAME.length()));
    }

    /** Returns the base model that a foreign adapter names, as {@code section.key=value}. */
    private static List<String> baseOf(Path adapter) {
        try {
            JsonNode config = JsonMapper.builder()
                    .build()
                    .readTree(adapter.resolve("adapter_config.json").toFile());
            List<String> base = new ArrayList<>();
            addText(base, "model.name", config.path("base_model_name_or_path"));
            addText(base, "model.revision", config.path("revision"));
            return base;
        } catch (IOException e) {
            // Loading the adapter reports its faults.
            return List.of();
        }
    }

    private static void addText(List<String> overrides, String key, JsonNode value) {
        if (value.isTextual() && !value.asText().isBlank()) {
            overrides.add(key + "=" + value.asText());
        }
    }
}
