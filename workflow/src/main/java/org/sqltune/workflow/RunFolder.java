package org.sqltune.workflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.RunConfigWriter;
import org.sqltune.core.config.settings.BatchSettings;
import org.sqltune.core.config.settings.BatchSettings.GradientCheckpointing;
import org.sqltune.core.config.settings.DeviceProbe;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.data.prompt.contract.RunConfigFile;

/** Reads and writes the final configuration in a run's folder. */
public final class RunFolder {
    private RunFolder() {}

    /** Writes the configuration into the run's folder. */
    public static void writeConfig(RunConfig config) {
        AtomicFiles.writeString(
                config.training().outputDir().resolve(RunConfigFile.NAME), RunConfigWriter.toPublicYaml(config));
    }

    /**
     * Returns a configuration in which an automatic {@code training.gradient_checkpointing} has the value that the
     * existing run chose.
     */
    public static RunConfig withCheckpointingAsBefore(RunConfig config, DeviceProbe devices) {
        BatchSettings batches = config.training().batches();
        if (batches.gradientCheckpointing() != GradientCheckpointing.AUTO) {
            return config;
        }
        return configOf(config.training().outputDir().resolve("final_model"))
                .map(before -> before.load(new RunConfigLoader(path -> true, devices), List.of()))
                .map(before -> before.training().batches().gradientCheckpointing())
                .map(config::withGradientCheckpointing)
                .orElse(config);
    }

    /**
     * Finds the configuration of the run that made a model or an adapter.
     *
     * @param trained {@code final_model} or {@code checkpoint-N} of a run folder
     * @return empty if the folder isn't in a run's folder
     */
    public static Optional<ConfigSource> configOf(Path trained) {
        return RunConfigFile.beside(trained).map(ConfigSource::file);
    }
}
