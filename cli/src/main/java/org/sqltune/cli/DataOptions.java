package org.sqltune.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.workflow.ConfigSource;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which data {@code data prepare} and {@code data stats} look at. */
final class DataOptions {
    @Mixin
    private ConfigOptions common = new ConfigOptions();

    @Option(names = "--max-samples", paramLabel = "N", description = "Use at most N examples of each part.")
    private @Nullable String maxSamples;

    @Option(
            names = "--skip-bad",
            description = "Leave broken rows out, and count them; otherwise the first one ends the reading"
                    + " (data.skip_bad=true).")
    private boolean skipBad;

    /** The configuration: {@code --config}, else the demo's. */
    RunConfig load() {
        List<String> own = new ArrayList<>();
        if (maxSamples != null) {
            own.add("data.max_train_samples=" + maxSamples);
            own.add("data.max_eval_samples=" + maxSamples);
        }
        if (skipBad) {
            own.add("data.skip_bad=true");
        }
        ConfigSource base = common.namesData() ? ConfigSource.defaults() : ConfigSource.demo();
        return common.load(new RunConfigLoader(), base, own);
    }
}
