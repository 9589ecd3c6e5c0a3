package org.sqltune.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.workflow.RunRequest;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The configuration whose data a command looks at. */
final class ConfigFileOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "YAML configuration, see configs/. Without one: the demo's.")
    private @Nullable Path config;

    @Parameters(paramLabel = "section.key=value", arity = "0..*", description = "Any key, such as data.path=spider.")
    private List<String> overrides = new ArrayList<>();

    /** Taken until the next release: no data command ever computed with these. */
    @Option(
            names = {"--device", "--dtype"},
            hidden = true)
    private @Nullable String arithmetic;

    @Option(
            names = {"--no-quantization", "--cpu-mode", "--fast-mac"},
            hidden = true)
    private boolean machine;

    boolean isGiven() {
        return config != null || !overrides.isEmpty();
    }

    /**
     * The configuration; without {@code --config} the demo's, or the defaults where keys name data.
     *
     * @param own what a command's own options mean, as {@code section.key=value}; keys typed by the user win
     * @throws org.sqltune.core.config.ConfigException with every fault
     */
    RunConfig load(List<String> own) {
        if (arithmetic != null || machine) {
            LoggerFactory.getLogger(ConfigFileOptions.class)
                    .warn("--device, --dtype, --no-quantization, --cpu-mode and --fast-mac change nothing here: leave"
                            + " them out, the next release won't take them");
        }
        return RunRequest.of(config, overrides).withWeaker(own).load(new RunConfigLoader());
    }
}
