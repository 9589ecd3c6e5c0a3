package org.sqltune.cli;

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
import org.sqltune.workflow.ConfigSource;
import org.sqltune.workflow.RunFolder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which trained model {@code eval} and {@code infer} use. Its configuration is {@code --config}, else that of the run
 * that made the adapter or the model, else the one given.
 */
final class TrainedModelOptions {
    @Mixin
    private ConfigOptions common = new ConfigOptions();

    @Option(
            names = "--adapter-path",
            paramLabel = "FOLDER",
            description = "PEFT adapter to use, such as outputs/demo/final_model.")
    private @Nullable Path adapterPath;

    /** The adapter's folder; null for the model as it is. */
    @Nullable
    Path adapterPath() {
        return adapterPath;
    }

    /** Whether the command line names data of the user's own. */
    boolean namesData() {
        return common.namesData();
    }

    /**
     * The configuration.
     *
     * @param base used where neither {@code --config} is given nor a run is found
     * @param ownOverrides what the command's own options mean
     */
    RunConfig load(RunConfigLoader loader, ConfigSource base, List<String> ownOverrides) {
        List<String> own = new ArrayList<>(ownOverrides);
        // What a training run started from doesn't matter any more, and may be gone.
        own.add("training.init_adapter=null");
        own.add("lora.init_lora_weights=true");
        Optional<ConfigSource> run = trained().flatMap(RunFolder::configOf);
        if (run.isEmpty() && common.baseModel() == null && common.config() == null && adapterPath != null) {
            own.addAll(baseOf(adapterPath));
        }
        return common.load(loader, run.orElse(base), own);
    }

    private Optional<Path> trained() {
        String model = common.baseModel();
        return adapterPath != null
                ? Optional.of(adapterPath)
                : Optional.ofNullable(model).map(Path::of).filter(Files::isDirectory);
    }

    /** The model that an adapter from elsewhere says it belongs to, as {@code section.key=value}. */
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
