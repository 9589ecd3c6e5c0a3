package org.sqltune.data.prompt.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds {@code config.yaml} of a run's folder, which has the final configuration. */
public final class RunConfigFile {
    /** The file's name. */
    public static final String NAME = "config.yaml";

    /** Every run writes it; without it, a config.yaml isn't a run's. */
    private static final String METRICS = "metrics.jsonl";

    private RunConfigFile() {}

    /**
     * Returns the configuration file of the run that made a model or an adapter.
     *
     * @param trained {@code final_model}, {@code full_model} or {@code checkpoint-N} of a run's folder
     * @return empty if the folder isn't in a run's folder, such as a copy
     */
    public static Optional<Path> beside(Path trained) {
        return Optional.ofNullable(trained.toAbsolutePath().normalize().getParent())
                .filter(run -> Files.exists(run.resolve(METRICS)))
                .map(run -> run.resolve(NAME))
                .filter(Files::exists);
    }
}
