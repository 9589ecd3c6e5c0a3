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
 * Which trained model is used, and how. The configuration is the file that is named, else that of the run that made the
 * adapter or the model, else what stands in for it.
 *
 * @param run the configuration and its changes; {@code model.name} among them may be a folder of a run
 * @param adapter a PEFT adapter's folder; null for the model as it is
 */
public record ModelRequest(RunRequest run, @Nullable Path adapter) {
    private static final String MODEL_NAME = "model.name=";

    /** Returns the model of a configuration, with an adapter. */
    public static ModelRequest of(@Nullable Path config, @Nullable Path adapter) {
        return new ModelRequest(RunRequest.of(config, List.of()), adapter);
    }

    /**
     * Returns the configuration.
     *
     * @param otherwise what stands in where neither a file is named nor a run is found
     * @throws org.sqltune.core.config.ConfigException with every fault, or if there is no such adapter
     */
    public RunConfig load(RunConfigLoader loader, ConfigSource otherwise) {
        new NamedPaths().folder("--adapter-path", adapter).check();
        List<String> weaker = new ArrayList<>();
        // What a training run started from doesn't matter any more, and may be gone.
        weaker.add("training.init_adapter=null");
        weaker.add("lora.init_lora_weights=true");
        Optional<ConfigSource> made = trained().flatMap(RunFolder::configOf);
        if (made.isEmpty() && baseModel().isEmpty() && run.config() == null && adapter != null) {
            weaker.addAll(baseOf(adapter));
        }
        return run.withWeaker(weaker).load(loader, made.orElse(otherwise));
    }

    /** Returns which settings somebody wrote, in the file that is named or in that of the run, and beside it. */
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

    /** Returns the last model that the changes name. */
    private Optional<String> baseModel() {
        return run.overrides().stream()
                .filter(each -> each.startsWith(MODEL_NAME))
                .reduce((first, second) -> second)
                .map(each -> each.substring(MODEL_NAME.length()));
    }

    /** Returns the model that an adapter from elsewhere says it belongs to, as {@code section.key=value}. */
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
            // Loading the adapter will say what is wrong with it.
            return List.of();
        }
    }

    private static void addText(List<String> overrides, String key, JsonNode value) {
        if (value.isTextual() && !value.asText().isBlank()) {
            overrides.add(key + "=" + value.asText());
        }
    }
}
