package org.sqltune.data.prompt.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** {@code config.yaml} of a run's folder: the configuration as it was in the end. */
public final class RunConfigFile {
    /** What the file is called. */
    public static final String NAME = "config.yaml";

    /** Every run writes it; a folder without it only happens to hold a file called config.yaml. */
    private static final String METRICS = "metrics.jsonl";

    private RunConfigFile() {}

    /**
     * Returns the configuration of the run that made a model or an adapter.
     *
     * @param trained {@code final_model}, {@code full_model} or {@code checkpoint-N} of a run's folder
     * @return empty if it doesn't lie in a run's folder, as a copy elsewhere doesn't
     */
    public static Optional<Path> beside(Path trained) {
        return Optional.ofNullable(trained.toAbsolutePath().normalize().getParent())
                .filter(run -> Files.exists(run.resolve(METRICS)))
                .map(run -> run.resolve(NAME))
                .filter(Files::exists);
    }
}
