package org.sqltune.cli.deploy;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskDisplay;
import org.sqltune.cli.console.TrainedModelOptions;
import org.sqltune.deployment.gguf.GgufFileType;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.deploy.Deploy;
import org.sqltune.workflow.deploy.DeployRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune deploy}: a model to an Ollama server. */
@Command(
        name = "deploy",
        description =
                "Brings a model to an Ollama server: merged, exported, uploaded, created with its prompts, asked.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  sqltune deploy --adapter-path outputs/spider/final_model --model-name spider",
            "  sqltune deploy --adapter-path outputs/shop/final_model --db shop.sqlite --type q4_k_m --url http://box:11434"
        })
public final class DeployCommand implements Runnable {
    private final Console console;
    private final Workspace workspace;

    @Mixin
    private TrainedModelOptions model = new TrainedModelOptions();

    @Option(names = "--model-name", paramLabel = "NAME", description = "Its name there (default: the run's).")
    private @Nullable String name;

    @Option(names = "--type", description = "f32, f16, bf16, q8_0, q6_k, q5_k_m, q5_0, q4_k_m or q4_0.")
    private GgufFileType type = GgufFileType.Q8_0;

    @Option(names = "--gguf", paramLabel = "FILE", description = "Upload this file instead of exporting one.")
    private @Nullable Path gguf;

    @Option(names = "--db", paramLabel = "DATABASE", description = "Make its schema the model's SYSTEM message.")
    private @Nullable String database;

    @Option(
            names = "--on-base",
            paramLabel = "NAME",
            arity = "0..1",
            fallbackValue = "",
            description = "Put the adapter on a model of Ollama's library instead (Ollama below 0.34.1).")
    private @Nullable String base;

    @Option(names = "--output", paramLabel = "FOLDER", description = "For the files (default: the run's deployment/).")
    private @Nullable Path output;

    /** @param workspace where models are found */
    public DeployCommand(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    @Override
    public void run() {
        DeployRequest request = new DeployRequest(model.request(List.of()), name, type, gguf, database, base, output);
        try (TaskDisplay tasks = new TaskDisplay(console)) {
            console.print(new Deploy(workspace).run(request, tasks).summary());
        }
    }
}
