package org.sqltune.model.architecture;

import java.util.List;
import java.util.stream.Collectors;
import org.sqltune.model.config.ConfigFile;

/** The families of models that can be loaded. */
final class ModelArchitectures {
    private static final List<ModelArchitecture> ALL = List.of(
            new Gemma2Architecture(),
            new GptNeoxArchitecture(),
            new LlamaArchitecture(),
            new MistralArchitecture(),
            new Phi3Architecture(),
            new Qwen2Architecture(),
            new Qwen3Architecture());

    private ModelArchitectures() {}

    /** The family that a config.json names. */
    static ModelArchitecture of(ConfigFile config) {
        String modelType = config.text("model_type", "");
        return ALL.stream()
                .filter(each -> each.modelType().equals(modelType))
                .findFirst()
                .orElseThrow(() ->
                        config.fault("model_type '" + modelType + "' is not supported. Supported: " + modelTypes()));
    }

    /** What {@code model_type} may be. */
    private static String modelTypes() {
        return ALL.stream().map(ModelArchitecture::modelType).collect(Collectors.joining(", "));
    }
}
