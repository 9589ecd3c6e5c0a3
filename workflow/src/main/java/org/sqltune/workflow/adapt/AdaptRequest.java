package org.sqltune.workflow.adapt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.ModelSettings;

/**
 * A request to tune a model to a database.
 *
 * @param database an SQLite file, a folder of them, a JDBC URL of PostgreSQL, or a demo database
 * @param model the base model, as {@code model.name} takes it
 * @param questions a file of the user's own pairs; null for none
 * @param output the folder of everything that is written
 * @param minutes the time limit of training, in minutes; synthesis and scoring come on top
 * @param resume whether to go on with what is in the folder
 * @param overrides further keys of the training configuration, {@code section.key=value} each
 */
public record AdaptRequest(
        String database,
        String model,
        @Nullable Path questions,
        Path output,
        double minutes,
        boolean resume,
        List<String> overrides) {
    /** The default base model. */
    public static final String DEFAULT_MODEL = ModelSettings.BUNDLED;

    /** The default time limit of training, in minutes. */
    public static final double DEFAULT_MINUTES = 5;

    /** The default folder. */
    public static final String DEFAULT_OUTPUT = "outputs/adapted";

    /** @throws ConfigException if there is no time to train, or a key would change what is decided here */
    public AdaptRequest {
        overrides = List.copyOf(overrides);
        List<String> faults = new ArrayList<>();
        if (!(minutes > 0 && minutes < Integer.MAX_VALUE)) {
            faults.add("--minutes " + minutes + " is no time to train: give more than 0");
        }
        overrides.stream()
                .filter(each -> each.matches("(data\\.(dataset|path|mix|database|\\w+_file)|model\\.name|"
                        + "training\\.(output_dir|max_minutes))=.*"))
                .forEach(each -> faults.add(each.substring(0, each.indexOf('='))
                        + " is decided by --db, --model, --questions, --output and --minutes: use these"));
        if (!faults.isEmpty()) {
            throw new ConfigException("the command line", faults);
        }
    }

    /** Returns a request with default settings. */
    public static AdaptRequest of(String database, Path output) {
        return new AdaptRequest(database, DEFAULT_MODEL, null, output, DEFAULT_MINUTES, false, List.of());
    }
}
