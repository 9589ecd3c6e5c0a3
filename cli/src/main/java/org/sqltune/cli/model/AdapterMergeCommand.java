package org.sqltune.cli.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskDisplay;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.model.MergeAdapter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sqltune adapter merge}: one model of an adapter and its base. */
@Command(
        name = "merge",
        description = "Writes the base with the adapter in its weights: a model of its own, for transformers as well.",
        footerHeading = "%nExample:%n",
        footer = "  sqltune adapter merge outputs/demo/final_model --output outputs/demo/full_model")
final class AdapterMergeCommand implements Runnable {
    private final Console console;
    private final Workspace workspace;

    @Parameters(paramLabel = "FOLDER", description = "The adapter's folder, with PEFT's files.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path adapter;

    @Option(names = "--output", paramLabel = "FOLDER", required = true, description = "Where the model goes.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path output;

    @Option(
            names = {"--base-model", "--model"},
            paramLabel = "MODEL",
            description = "The base, if not the one that the adapter names.")
    private @Nullable String baseModel;

    @Option(
            names = "--max-shard-size",
            paramLabel = "SIZE",
            description = "Largest file, such as 5GB or 500MB (default: ${DEFAULT-VALUE}).",
            defaultValue = "5GB",
            converter = ByteSizeOption.class)
    private long maxShardBytes;

    AdapterMergeCommand(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    @Override
    public void run() {
        MergeAdapter.Request request = new MergeAdapter.Request(adapter, baseModel, output, maxShardBytes);
        try (TaskDisplay tasks = new TaskDisplay(console)) {
            new MergeAdapter(workspace).run(request, tasks);
        }
        console.out().println(output);
    }
}
