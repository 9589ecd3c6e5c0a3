package org.sqltune.workflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;

/**
 * The configuration of a use case: a file or a default, changed by a preset and by single keys. Keys override the
 * preset, which overrides the file; later keys override earlier ones.
 *
 * @param config a YAML file; null for the use case's default
 * @param overrides {@code section.key=value} each
 * @param preset a set of keys for a kind of machine
 */
public record RunRequest(@Nullable Path config, List<String> overrides, Preset preset) {
    /** Sets of keys for kinds of machines; none changes the number of examples per optimizer step. */
    public enum Preset {
        /** No keys. */
        NONE,
        /** CPU: bf16 if the processor supports it, not quantised, batches of one example. */
        CPU,
        /** Apple's GPU: fp32, not quantised, no checkpointing, batches of two examples. */
        FAST_MAC
    }

    public RunRequest {
        overrides = List.copyOf(overrides);
    }

    /** Returns a request for an unchanged file. */
    public static RunRequest of(Path config) {
        return of(config, List.of());
    }

    /** Returns a request for a file, or the default, with overrides. */
    public static RunRequest of(@Nullable Path config, List<String> overrides) {
        return new RunRequest(config, overrides, Preset.NONE);
    }

    /** Returns this request with additional keys, which don't override existing ones. */
    public RunRequest withWeaker(List<String> weaker) {
        List<String> all = new ArrayList<>(weaker);
        all.addAll(overrides);
        return new RunRequest(config, all, preset);
    }

    /** Returns whether the keys select data, which excludes the demo's data. */
    public boolean namesData() {
        return overrides.stream()
                .anyMatch(each -> each.matches("data\\.(dataset|path|train_file|validation_file|test_file)=.*"));
    }

    /** Loads the configuration; without a file the demo's, or the defaults if the keys select data. */
    public RunConfig load(RunConfigLoader loader) {
        return load(loader, namesData() ? ConfigSource.defaults() : ConfigSource.demo());
    }

    /**
     * Loads the configuration.
     *
     * @param otherwise the default if no file is given
     * @throws org.sqltune.core.config.ConfigException if it has faults; lists them all
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

    /**
     * Returns the preset's keys: smaller batches, but the same number of examples per optimizer step, for which the
     * learning rate was chosen.
     */
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
