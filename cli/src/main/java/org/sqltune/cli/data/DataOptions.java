package org.sqltune.cli.data;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.ConfigOptions;
import org.sqltune.core.config.RunConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which data a command reads, and how much of them. */
final class DataOptions {
    @Mixin
    private ConfigFileOptions file = new ConfigFileOptions();

    @Option(names = "--max-samples", paramLabel = "N", description = "Use at most N examples of each part.")
    private @Nullable String maxSamples;

    @Option(names = "--skip-bad", description = "Leave broken rows out and count them (data.skip_bad=true).")
    private boolean skipBad;

    boolean isGiven() {
        return maxSamples != null || skipBad || file.isGiven();
    }

    /**
     * The configuration: {@code --config}, else the demo's.
     *
     * @param model the model whose tokenizer counts; null for the configuration's
     */
    RunConfig load(@Nullable String model) {
        List<String> own = new ArrayList<>();
        ConfigOptions.addIfGiven(own, "model.name", model);
        ConfigOptions.addIfGiven(own, "data.max_train_samples", maxSamples);
        ConfigOptions.addIfGiven(own, "data.max_eval_samples", maxSamples);
        ConfigOptions.addIfGiven(own, "data.skip_bad", skipBad ? true : null);
        return file.load(own);
    }
}
