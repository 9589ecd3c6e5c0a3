package org.sqltune.cli.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.RunRequest.Preset;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Options that say what a run is. All of them are short for keys of the configuration, so the configuration's own
 * checks apply to them. From weak to strong: the file, presets, options, {@code section.key=value}.
 */
public final class ConfigOptions {
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

    @Parameters(
            paramLabel = "section.key=value",
            arity = "0..*",
            description = "Any key of the configuration, such as training.learning_rate=1e-4.")
    private List<String> overrides = new ArrayList<>();

    /**
     * What was said on the command line.
     *
     * @param ownOverrides what a command's own options mean, as {@code section.key=value}
     * @param preset keys for a kind of machine
     */
    public RunRequest request(List<String> ownOverrides, Preset preset) {
        List<String> all = new ArrayList<>();
        addIfGiven(all, "model.name", baseModel);
        addIfGiven(all, "model.device", device);
        addIfGiven(all, "model.dtype", dtype);
        addIfGiven(all, "model.quantization", noQuantization ? "none" : null);
        all.addAll(ownOverrides);
        all.addAll(overrides);
        return new RunRequest(config, all, preset);
    }

    /** Adds {@code key=value} unless the option was left out. */
    public static void addIfGiven(List<String> overrides, String key, @Nullable Object value) {
        if (value != null) {
            overrides.add(key + "=" + value);
        }
    }
}
