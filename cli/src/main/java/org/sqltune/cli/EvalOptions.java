package org.sqltune.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.RunConfig;
import org.sqltune.core.config.RunConfigLoader;
import org.sqltune.workflow.ConfigSource;
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
            description = "loss, execution_accuracy, exact_match, bleu, rouge_l (evaluation.metrics).")
    private @Nullable String metrics;

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "JSONL of {prompt, completion} or {question, schema, sql} to score instead of the data set.")
    private @Nullable Path data;

    @Option(names = "--max-samples", paramLabel = "N", description = "Score at most N examples.")
    private @Nullable String maxSamples;

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description = "JSONL of {id, sql} to score instead of a model, such as infer or eval writes.")
    private @Nullable Path answers;

    @Option(
            names = "--baseline",
            description =
                    "Score the base without the adapter as well, and compare. With --output-dir, each gets a folder.")
    private boolean baseline;

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @ArgGroup(exclusive = false, heading = "%nA file of predictions, scored as a benchmark's official scripts do:%n")
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

    /** Answers that are there already; null if a model answers. */
    @Nullable
    Path answers() {
        return answers;
    }

    /** Whether the base is to be scored as well. */
    boolean baseline() {
        return baseline;
    }

    ReportOptions reports() {
        return reports;
    }

    /** Finds out what can't be meant together. */
    void check() {
        reports.check();
        List<String> faults = new ArrayList<>();
        if (baseline && answers != null) {
            faults.add(
                    "--baseline needs a model and can't go with --answers; compare two reports with sqltune compare");
        } else if (baseline && adapterPath() == null) {
            faults.add("--baseline scores the base of an adapter: name one with --adapter-path");
        }
        if (!faults.isEmpty()) {
            throw new ConfigException("the command line", faults);
        }
    }

    /** Whether the command line says which scores are wanted. */
    boolean namesMetrics() {
        return metrics != null;
    }

    /** The configuration: {@code --config}, else that of the run that made the model, else the demo's. */
    RunConfig load() {
        List<String> own = new ArrayList<>();
        ConfigSource base = data != null || model.namesData() ? ConfigSource.defaults() : ConfigSource.demo();
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
