package org.sqltune.cli.eval;

import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskDisplay;
import org.sqltune.evaluation.report.Report;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.evaluate.Evaluate;
import org.sqltune.workflow.evaluate.EvaluateRequest;
import org.sqltune.workflow.evaluate.EvaluateResult;
import org.sqltune.workflow.evaluate.EvaluationSummaries;
import org.sqltune.workflow.evaluate.PredictionsRequest;
import org.sqltune.workflow.evaluate.PredictionsResult;
import org.sqltune.workflow.evaluate.ReportRequest;
import org.sqltune.workflow.evaluate.ScorePredictions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sqltune eval}: scores a model, with or without an adapter, or a file of predictions. */
@Command(
        name = "eval",
        description = "Scores a model: by running its SQL, by comparing it, or by the loss of the gold answers.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune eval --adapter-path outputs/demo/final_model",
            "  sqltune eval --adapter-path outputs/demo/final_model --baseline --output-dir scores",
            "  sqltune eval --adapter-path outputs/demo/final_model --fail-under execution_accuracy=0.3",
            "  sqltune eval --adapter-path outputs/spider/nano_lora/final_model --max-samples 100 --output-dir scores",
            "  sqltune eval --metrics loss --model models/tinyllama --data test.jsonl --dtype fp32",
            "  sqltune eval --predictions pred.sql --gold dev.json --tables tables.json --databases database --rows rows.jsonl"
        })
public final class EvalCommand implements Runnable {
    private final Console console;
    private final Workspace workspace;

    @Mixin
    private EvalOptions options = new EvalOptions();

    /** @param workspace where models and data are found */
    public EvalCommand(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    @Override
    public void run() {
        PredictionsRequest predictions = options.predictions();
        if (predictions != null) {
            score(predictions);
        } else {
            score(options.request());
        }
    }

    private void score(EvaluateRequest request) {
        EvaluateResult result;
        try (TaskDisplay tasks = new TaskDisplay(console)) {
            result = new Evaluate(workspace).run(request, tasks);
        }
        if (result.comparison() != null) {
            CompareCommand.print(console, result.comparison(), request.reports().outputDir());
        }
        if (result.loss() != null) {
            console.out().println(result.loss().json());
        }
        finish(result.report(), request.reports());
    }

    private void score(PredictionsRequest request) {
        PredictionsResult result;
        try (TaskDisplay tasks = new TaskDisplay(console)) {
            result = new ScorePredictions().run(request, tasks);
        }
        if (result.official().tables().isEmpty()) {
            finish(result.report(), request.reports());
            return;
        }
        console.print(EvaluationSummaries.of(result, options.components()));
        if (result.report() != null) {
            request.reports().require(result.report());
        }
    }

    /** Prints a report and holds it against what it must reach. */
    private void finish(@Nullable Report report, ReportRequest reports) {
        if (report != null) {
            console.print(EvaluationSummaries.of(report));
            reports.require(report);
        }
    }
}
