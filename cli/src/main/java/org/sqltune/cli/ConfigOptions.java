package org.sqltune.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.workflow.ConfigSource;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.RunRequest.Preset;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Options that say what a run is. All of them are short for keys of the configuration, so the configuration's own
 * checks apply to them. From weak to strong: the file, presets, options, {@code section.key=value}.
 */
final class ConfigOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "YAML configuration, see configs/. Without one: the demo's.")
    private @Nullable Path config;

    @Option(
            names = {"--base-model", "--model"},
            paramLabel = "MODEL",
            description = "Model folder in Hugging Face's layout, owner/name on the hub, or sqltune-nano (model.name).")
    private @Nullable String baseModel;

    @Option(names = "--device", paramLabel = "auto|cpu|cuda|mps", description = "Where to compute (model.device).")
    private @Nullable String device;

    @Option(names = "--dtype", paramLabel = "auto|fp32|bf16|fp16", description = "Arithmetic (model.dtype).")
    private @Nullable String dtype;

    @Option(names = "--no-quantization", description = "Hold frozen weights as they are (model.quantization=none).")
    private boolean noQuantization;

    @Option(
            names = "--cpu-mode",
            description =
                    "On the CPU: bf16 where the processor has it, not quantised, one example at a time, as many examples a step as before.")
    private boolean cpuMode;

    @Option(
            names = "--fast-mac",
            description = "On Apple's GPU: fp32, not quantised, no checkpointing, two examples at a time.")
    private boolean fastMac;

    @Parameters(
            paramLabel = "section.key=value",
            arity = "0..*",
            description = "Any key of the configuration, such as training.learning_rate=1e-4.")
    private List<String> overrides = new ArrayList<>();

    /** The file that {@code --config} names; null without the option. */
    @Nullable
    Path config() {
        return config;
    }

    /** What {@code --base-model} names; null without the option. */
    @Nullable
    String baseModel() {
        return baseModel;
    }

    /**
     * The configuration with everything that was said on the command line.
     *
     * @param base what stands in for {@code --config} where it isn't given
     * @param ownOverrides what a command's own options mean, as {@code section.key=value}
     * @throws org.sqltune.core.config.ConfigException with every fault
     */
    RunConfig load(RunConfigLoader loader, ConfigSource base, List<String> ownOverrides) {
        return request(ownOverrides).load(loader, base);
    }

    /**
     * What was said on the command line.
     *
     * @param ownOverrides what a command's own options mean, as {@code section.key=value}
     */
    RunRequest request(List<String> ownOverrides) {
        List<String> all = new ArrayList<>(optionOverrides());
        all.addAll(ownOverrides);
        all.addAll(overrides);
        return new RunRequest(config, all, cpuMode ? Preset.CPU : fastMac ? Preset.FAST_MAC : Preset.NONE);
    }

    /** Whether the command line names data of the user's own. */
    boolean namesData() {
        return overrides.stream()
                .anyMatch(each -> each.matches("data\\.(dataset|path|train_file|validation_file|test_file)=.*"));
    }

    private List<String> optionOverrides() {
        List<String> result = new ArrayList<>();
        addIfGiven(result, "model.name", baseModel);
        addIfGiven(result, "model.device", device);
        addIfGiven(result, "model.dtype", dtype);
        if (noQuantization) {
            result.add("model.quantization=none");
        }
        return result;
    }

    /** Adds {@code key=value} unless the option was left out. */
    static void addIfGiven(List<String> overrides, String key, @Nullable Object value) {
        if (value != null) {
            overrides.add(key + "=" + value);
        }
    }
}
