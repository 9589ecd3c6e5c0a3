package org.sqltune.workflow;

import java.nio.file.Files;
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

/** What the command line keeps in a run folder: the configuration as it was in the end. */
public final class RunFolder {
    private static final String CONFIG = "config.yaml";
    /** Every run writes it; a folder without it only happens to hold a file called config.yaml. */
    private static final String METRICS = "metrics.jsonl";

    private RunFolder() {}

    /** Writes the configuration into the run's folder. */
    public static void writeConfig(RunConfig config) {
        AtomicFiles.writeString(config.training().outputDir().resolve(CONFIG), RunConfigWriter.toPublicYaml(config));
    }

    /**
     * A configuration that leaves {@code training.gradient_checkpointing} to the machine, with what the run in its folder
     * was given.
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
     * The configuration of the run that made a model or an adapter, so that it is asked with the prompts it was trained
     * on.
     *
     * @param trained {@code final_model} or {@code checkpoint-N} of a run folder
     * @return empty if it doesn't lie in a run folder
     */
    public static Optional<ConfigSource> configOf(Path trained) {
        Path folder = trained.toAbsolutePath().normalize().getParent();
        return Optional.ofNullable(folder)
                .filter(run -> Files.exists(run.resolve(METRICS)))
                .map(run -> run.resolve(CONFIG))
                .filter(Files::exists)
                .map(ConfigSource::file);
    }
}
