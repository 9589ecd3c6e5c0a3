package org.sqltune.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.core.config.settings.DeviceProbe;
import org.sqltune.workflow.ConfigSource;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code train} can be told. */
final class TrainOptions {
    /** What a run does; the other modes of the pipeline are commands of their own. */
    enum Mode {
        /** Train, with an evaluation before and after. */
        TRAIN
    }

    @Mixin
    private ConfigOptions common = new ConfigOptions();

    @Option(names = "--resume", description = "Go on from the last whole checkpoint in training.output_dir.")
    private boolean resume;

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

    @Option(names = "--output-dir", paramLabel = "FOLDER", description = "Run folder (training.output_dir).")
    private @Nullable Path outputDir;

    @Option(
            names = "--save-full-model",
            description =
                    "Also write the adapter merged into its base, as a model of its own (training.save_full_model).")
    private boolean saveFullModel;

    @Option(
            names = "--no-memory-check",
            description = "Begin even if the run needs more memory than is free (training.check_memory=false).")
    private boolean noMemoryCheck;

    /** Takes the one mode there is and refuses every other by its type. */
    @Option(names = "--mode", paramLabel = "train", description = "What to do. There is one mode: train.")
    @SuppressWarnings("unused") // picocli calls it
    private void setMode(Mode mode) {}

    /** Whether to go on from a checkpoint. */
    boolean resume() {
        return resume;
    }

    /**
     * The run's configuration.
     *
     * @param devices decide what is usual for keys that nobody has set
     */
    RunConfig load(DeviceProbe devices) {
        ConfigSource base = common.namesData() ? ConfigSource.defaults() : ConfigSource.demo();
        return common.load(new RunConfigLoader(Files::exists, devices), base, ownOverrides());
    }

    private List<String> ownOverrides() {
        List<String> result = new ArrayList<>();
        if (epochs != null) {
            result.add("training.num_train_epochs=" + epochs);
            result.add("training.max_steps=null");
        }
        ConfigOptions.addIfGiven(result, "data.max_train_samples", maxSamples);
        ConfigOptions.addIfGiven(result, "data.max_eval_samples", maxSamples);
        ConfigOptions.addIfGiven(result, "evaluation.max_samples", maxSamples);
        ConfigOptions.addIfGiven(result, "data.max_train_samples", maxTrainSamples);
        ConfigOptions.addIfGiven(result, "training.init_adapter", adapterPath);
        ConfigOptions.addIfGiven(result, "training.output_dir", outputDir);
        if (saveFullModel) {
            result.add("training.save_full_model=true");
        }
        if (noMemoryCheck) {
            result.add("training.check_memory=false");
        }
        return result;
    }
}
