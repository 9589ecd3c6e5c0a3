package org.sqltune.cli.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.ConfigOptions;
import org.sqltune.workflow.RunRequest;
import org.sqltune.workflow.RunRequest.Preset;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What decides how long a run takes and how much memory: for {@code train} and {@code estimate}. */
final class RunOptions {
    @Mixin
    private ConfigOptions common = new ConfigOptions();

    @Option(
            names = "--cpu-mode",
            description =
                    "On the CPU: bf16 where the processor has it, not quantised, one example at a time, as many examples a step as before.")
    private boolean cpuMode;

    @Option(
            names = "--fast-mac",
            description = "On Apple's GPU: fp32, not quantised, no checkpointing, two examples at a time.")
    private boolean fastMac;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Passes over the data, whatever training.max_steps says.")
    private @Nullable String epochs;

    @Option(names = "--max-samples", paramLabel = "N", description = "Use at most N examples of every set.")
    private @Nullable String maxSamples;

    @Option(names = "--max-train-samples", paramLabel = "N", description = "Train on at most N examples.")
    private @Nullable String maxTrainSamples;

    @Option(
            names = "--adapter-path",
            paramLabel = "FOLDER",
            description = "PEFT adapter to start from (training.init_adapter).")
    private @Nullable Path adapterPath;

    /** @param further what other options mean, as {@code section.key=value} */
    RunRequest request(List<String> further) {
        List<String> own = new ArrayList<>();
        ConfigOptions.addIfGiven(own, "training.num_train_epochs", epochs);
        ConfigOptions.addIfGiven(own, "training.max_steps", epochs == null ? null : "null");
        ConfigOptions.addIfGiven(own, "data.max_train_samples", maxSamples);
        ConfigOptions.addIfGiven(own, "data.max_eval_samples", maxSamples);
        ConfigOptions.addIfGiven(own, "evaluation.max_samples", maxSamples);
        ConfigOptions.addIfGiven(own, "data.max_train_samples", maxTrainSamples);
        ConfigOptions.addIfGiven(own, "training.init_adapter", adapterPath);
        own.addAll(further);
        return common.request(own, cpuMode ? Preset.CPU : fastMac ? Preset.FAST_MAC : Preset.NONE);
    }
}
