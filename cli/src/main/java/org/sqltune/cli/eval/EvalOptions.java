package org.sqltune.cli.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.ConfigOptions;
import org.sqltune.cli.console.TrainedModelOptions;
import org.sqltune.workflow.ModelRequest;
import org.sqltune.workflow.evaluate.EvaluateRequest;
import org.sqltune.workflow.evaluate.PredictionsRequest;
import org.sqltune.workflow.evaluate.ReportRequest;
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

    @Option(
            names = "--calibrate",
            description = "Fit confidence to the validation part, and keep it beside the adapter.")
    private boolean calibrate;

    @Option(
            names = "--output-dir",
            paramLabel = "FOLDER",
            description = "Where report.json, predictions.jsonl and report.html go. Without it nothing is written.")
    private @Nullable Path outputDir;

    @Option(names = "--report", paramLabel = "FILE", description = "Where to write the report as JSON as well.")
    private @Nullable Path report;

    @Option(
            names = "--fail-under",
            paramLabel = "SCORE=VALUE",
            description = "End with exit code 1 if a score of report.json is lower, such as execution_accuracy=0.5.")
    private Map<String, Double> failUnder = new LinkedHashMap<>();

    @ArgGroup(exclusive = false, heading = "%nA file of predictions, scored as a benchmark's official scripts do:%n")
    private @Nullable PredictionFileOptions predictions;

    /** The file of predictions to score; null if a model or a file of answers is scored. */
    @Nullable
    PredictionsRequest predictions() {
        return predictions == null
                ? null
                : predictions.request(reports()).withoutModel(model(), data, answers, baseline, components());
    }

    /** The model or the file of answers to score. */
    EvaluateRequest request() {
        return new EvaluateRequest(model(), data, answers, baseline, calibrate, reports());
    }

    private ModelRequest model() {
        List<String> own = new ArrayList<>();
        ConfigOptions.addIfGiven(own, "evaluation.metrics", metrics);
        ConfigOptions.addIfGiven(own, "evaluation.max_samples", maxSamples);
        return model.request(own);
    }

    ReportRequest reports() {
        return new ReportRequest(outputDir, report, failUnder);
    }

    /** Whether the components of a file of predictions are printed. */
    boolean components() {
        return predictions != null && predictions.components();
    }
}
