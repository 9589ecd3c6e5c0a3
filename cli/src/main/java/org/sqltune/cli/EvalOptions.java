package org.sqltune.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code eval} can be told. */
final class EvalOptions {
    @Mixin
    private TrainedModelOptions model = new TrainedModelOptions();

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

    @Option(names = "--max-samples", paramLabel = "N", description = "Score at most N examples.")
    private @Nullable String maxSamples;

    @Option(
            names = "--output-dir",
            paramLabel = "FOLDER",
            description = "Where predictions.jsonl and report.json go. Without it nothing is written.")
    private @Nullable Path outputDir;

    @Option(names = "--report", paramLabel = "FILE", description = "Where to write the report as JSON as well.")
    private @Nullable Path report;

    @ArgGroup(exclusive = false, heading = "%nA file of predictions, scored as Spider's official scripts do:%n")
    private @Nullable PredictionFileOptions predictionFile;

    /** The file of predictions to score; null if a model answers. */
    @Nullable
    PredictionFileOptions predictionFile() {
        return predictionFile;
    }

    @Nullable
    Path adapterPath() {
        return model.adapterPath();
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

    /** The configuration: {@code --config}, else that of the run that made the model, else the demo's. */
    RunConfig load() {
        List<String> own = new ArrayList<>();
        ConfigBase base = data != null || model.namesData() ? ConfigBase.defaults() : ConfigBase.demo();
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
        return model.load(new RunConfigLoader(), base, own);
    }
}
