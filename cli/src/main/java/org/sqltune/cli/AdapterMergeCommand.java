package org.sqltune.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskProgress;
import org.sqltune.model.ModelFolders;
import org.sqltune.model.ModelMerger;
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
    private final ModelFolders models;

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

    AdapterMergeCommand(Console console, ModelFolders models) {
        this.console = console;
        this.models = models;
    }

    @Override
    public void run() {
        try (TaskProgress progress = console.progress("Merging")) {
            new ModelMerger(models).merge(adapter, baseModel, output, maxShardBytes, progress);
        }
        console.out().println(output);
    }
}
