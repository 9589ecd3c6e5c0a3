package org.sqltune.cli.train;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskDisplay;
import org.sqltune.training.estimate.RunEstimate;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.train.Estimate;
import org.sqltune.workflow.train.EstimateJson;
import org.sqltune.workflow.train.EstimateSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune estimate}: what {@code train} with the same arguments will take. */
@Command(
        name = "estimate",
        description = {
            "Says what train with the same arguments will take: parameters, download, memory by part, time, and whether it"
                    + " fits this machine. Takes some seconds; weights are neither read nor downloaded."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune estimate",
            "  sqltune estimate --config configs/spider/tinyllama_lora.yaml data.path=spider --json"
        })
public final class EstimateCommand implements Runnable {
    private final Console console;
    private final Workspace workspace;

    @Mixin
    private RunOptions options = new RunOptions();

    /** Options of {@code train} that change nothing here, so that its arguments can be copied. */
    @Option(
            names = {"--resume", "--save-full-model", "--no-memory-check"},
            hidden = true)
    @SuppressWarnings("UnusedVariable")
    private boolean ignored;

    @Option(
            names = {"--output-dir", "--mode", "--allow-changes"},
            hidden = true)
    @SuppressWarnings("UnusedVariable")
    private @Nullable String ignoredValue;

    @Option(names = "--json", description = "Print one JSON object; memory in bytes, time in seconds.")
    private boolean json;

    /** @param workspace where models and data are found */
    public EstimateCommand(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    @Override
    public void run() {
        RunEstimate estimate;
        try (TaskDisplay tasks = new TaskDisplay(console)) {
            estimate = new Estimate(workspace).run(options.request(List.of()), tasks);
        }
        if (json) {
            console.out().println(EstimateJson.of(estimate));
        } else {
            console.print(new EstimateSummary(estimate).summary());
        }
    }
}
