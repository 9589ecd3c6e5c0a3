package org.sqltune.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code eval} can be told. */
final class EvalOptions {
    @Mixin
    private ConfigOptions common = new ConfigOptions();

    @Option(
            names = "--metrics",
            paramLabel = "NAME[,NAME…]",
            description = "loss, execution_accuracy, exact_match (evaluation.metrics).")
    private @Nullable String metrics;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "JSONL of {prompt, completion} or {question, schema, sql} to score instead of the data set.")
    private @Nullable Path data;

    @Option(names = "--adapter-path", paramLabel = "FOLDER", description = "PEFT adapter to score the model with.")
    private @Nullable Path adapterPath;

    @Option(names = "--max-samples", paramLabel = "N", description = "Score at most N examples.")
    private @Nullable String maxSamples;

    @Option(
            names = "--output-dir",
            paramLabel = "FOLDER",
            description = "Where predictions.jsonl and report.json go. Without it nothing is written.")
    private @Nullable Path outputDir;

    @Option(names = "--report", paramLabel = "FILE", description = "Where to write the report as JSON as well.")
    private @Nullable Path report;

    @Nullable
    Path adapterPath() {
        return adapterPath;
    }

    @Nullable
    Path outputDir() {
        return outputDir;
    }

    @Nullable
    Path report() {
        return report;
    }

    /** Whether the command line says which scores are wanted. */
    boolean namesMetrics() {
        return metrics != null;
    }

    /** The configuration: {@code --config}, else that of the run that made the adapter, else the demo's. */
    RunConfig load() {
        List<String> own = new ArrayList<>();
        ConfigBase base = data != null || common.namesData() ? ConfigBase.defaults() : ConfigBase.demo();
        if (adapterPath != null) {
            base = RunFolder.configOf(adapterPath).orElse(base);
        }
        // What a training run started from doesn't matter to its evaluation, and may be gone.
        own.add("training.init_adapter=null");
        if (data != null) {
            own.addAll(List.of(
                    "data.dataset=files",
                    "data.path=null",
                    "data.train_file=null",
                    "data.validation_file=null",
                    "data.validation_split=0",
                    "data.test_file=" + data));
        }
        ConfigOptions.addIfGiven(own, "evaluation.metrics", metrics);
        ConfigOptions.addIfGiven(own, "evaluation.max_samples", maxSamples);
        return common.load(new RunConfigLoader(), base, own);
    }
}
