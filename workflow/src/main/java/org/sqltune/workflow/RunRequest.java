package org.sqltune.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;

/**
 * Which configuration a use case runs with: a file or what stands in for it, changed by a preset and by single keys. From
 * weak to strong: the file, the preset, the keys, of which a later one wins.
 *
 * @param config YAML; null for what stands in where no file is named
 * @param overrides {@code section.key=value} each
 * @param preset keys for a kind of machine
 */
public record RunRequest(@Nullable Path config, List<String> overrides, Preset preset) {
    /** Keys that go together on a kind of machine; none changes how many examples an optimizer step takes. */
    public enum Preset {
        /** No keys. */
        NONE,
        /** On the CPU: bf16 where the processor has it, not quantised, one example at a time. */
        CPU,
        /** On Apple's GPU: fp32, not quantised, no checkpointing, two examples at a time. */
        FAST_MAC
    }

    public RunRequest {
        overrides = List.copyOf(overrides);
    }

    /** Returns a file as it is. */
    public static RunRequest of(Path config) {
        return of(config, List.of());
    }

    /** Returns a file with other values for some keys; without a file, what stands in for it. */
    public static RunRequest of(@Nullable Path config, List<String> overrides) {
        return new RunRequest(config, overrides, Preset.NONE);
    }

    /** With further keys, which are weaker than those there are. */
    public RunRequest withWeaker(List<String> weaker) {
        List<String> all = new ArrayList<>(weaker);
        all.addAll(overrides);
        return new RunRequest(config, all, preset);
    }

    /** Returns whether the keys name data: then the demo's data can't be meant. */
    public boolean namesData() {
        return overrides.stream()
                .anyMatch(each -> each.matches("data\\.(dataset|path|train_file|validation_file|test_file)=.*"));
    }

    /** Returns the configuration; where no file is named, the demo's, or the defaults where the keys name data. */
    public RunConfig load(RunConfigLoader loader) {
        return load(loader, namesData() ? ConfigSource.defaults() : ConfigSource.demo());
    }

    /**
     * Returns the configuration.
     *
     * @param otherwise what stands in where no file is named
     * @throws org.sqltune.core.config.ConfigException with every fault
     */
    public RunConfig load(RunConfigLoader loader, ConfigSource otherwise) {
        ConfigSource chosen = config == null ? otherwise : ConfigSource.file(config);
        if (preset == Preset.NONE) {
            return chosen.load(loader, overrides);
        }
        List<String> all = new ArrayList<>(keys(chosen.load(loader, overrides)));
        all.addAll(overrides);
        return chosen.load(loader, all);
    }

    /** Fewer examples at a time, but the same number in one optimizer step: the learning rate was chosen for that. */
    private List<String> keys(RunConfig config) {
        boolean cpu = preset == Preset.CPU;
        int examplesPerStep = config.training().batches().examplesPerStep();
        int batch = cpu ? 1 : Math.min(2, examplesPerStep);
        return List.of(
                "model.device=" + (cpu ? "cpu" : "mps"),
                "model.dtype=" + (cpu ? "auto" : "fp32"),
                "model.quantization=none",
                "training.gradient_checkpointing=false",
                "training.per_device_train_batch_size=" + batch,
                "training.gradient_accumulation_steps=" + examplesPerStep / batch);
    }
}
