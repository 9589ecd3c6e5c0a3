package org.sqltune.cli.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.ConfigOptions;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskDisplay;
import org.sqltune.cli.console.TrainedModelOptions;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.deploy.DeploymentScores;
import org.sqltune.workflow.deploy.TestDeployment;
import org.sqltune.workflow.deploy.TestDeploymentRequest;
import org.sqltune.workflow.evaluate.ReportRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune test-deployment}: questions to a deployed model. */
@Command(
        name = "test-deployment",
        description = "Asks a deployed model questions, runs its answers read-only, and scores them and their latency.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune test-deployment --adapter-path outputs/spider/final_model --model-name spider --max-samples 50",
            "  sqltune test-deployment --adapter-path outputs/shop/final_model --cases cases.jsonl data.database=shop.sqlite"
        })
public final class TestDeploymentCommand implements Runnable {
    private final Console console;
    private final Workspace workspace;

    @Mixin
    private TrainedModelOptions model = new TrainedModelOptions();

    @Option(names = "--model-name", paramLabel = "NAME", description = "Its name there (default: the run's).")
    private @Nullable String name;

    @Option(
            names = "--cases",
            paramLabel = "FILE",
            description = "JSONL of {question, sql} (default: the run's test set).")
    private @Nullable Path cases;

    @Option(names = "--max-samples", paramLabel = "N", description = "Ask at most N questions.")
    private @Nullable String maxSamples;

    @Option(names = "--output-dir", paramLabel = "FOLDER", description = "For report.json and report.html.")
    private @Nullable Path outputDir;

    @Option(names = "--fail-under", paramLabel = "SCORE=VALUE", description = "End with 1 if a score is lower.")
    private Map<String, Double> failUnder = new LinkedHashMap<>();

    /** @param workspace where models and data are found */
    public TestDeploymentCommand(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    @Override
    public void run() {
        List<String> own = new ArrayList<>();
        ConfigOptions.addIfGiven(own, "evaluation.max_samples", maxSamples);
        ReportRequest reports = new ReportRequest(outputDir, null, failUnder);
        try (TaskDisplay tasks = new TaskDisplay(console)) {
            DeploymentScores scores = new TestDeployment(workspace)
                    .run(new TestDeploymentRequest(model.request(own), name, cases, reports), tasks);
            console.print(scores.summary());
            reports.require(scores.report());
        }
    }
}
