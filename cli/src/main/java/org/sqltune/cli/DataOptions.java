package org.sqltune.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which data {@code data prepare} and {@code data stats} look at. */
final class DataOptions {
    @Mixin
    private ConfigOptions common = new ConfigOptions();

    @Option(names = "--max-samples", paramLabel = "N", description = "Use at most N examples of each part.")
    private @Nullable String maxSamples;

    /** The configuration: {@code --config}, else the demo's. */
    RunConfig load() {
        List<String> own = maxSamples == null
                ? List.of()
                : List.of("data.max_train_samples=" + maxSamples, "data.max_eval_samples=" + maxSamples);
        ConfigBase base = common.namesData() ? ConfigBase.defaults() : ConfigBase.demo();
        return common.load(new RunConfigLoader(), base, own);
    }
}
