package org.sqltune.cli.model;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskDisplay;
import org.sqltune.workflow.Workspace;
import org.sqltune.workflow.model.DescribeAdapter;
import org.sqltune.workflow.model.MergeAdapter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sqltune adapter}: looks at adapters and merges them. */
@Command(
        name = "adapter",
        description = "Describes an adapter, or merges it into its base.",
        synopsisSubcommandLabel = "COMMAND")
public final class AdapterCommand implements Runnable {
    private final Console console;
    private final Workspace workspace;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** @param workspace where models are found */
    public AdapterCommand(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "adapter what? " + String.join(", ", spec.subcommands().keySet()));
    }

    /** Prints what an adapter's files say of it. */
    @Command(
            description = "Prints an adapter's kind, rank, base and size. The base needn't be there.",
            footerHeading = "%nExample:%n",
            footer = "  sqltune adapter info outputs/demo/final_model")
    void info(
            @Parameters(paramLabel = "FOLDER", description = "The adapter's folder, with PEFT's files.") Path folder) {
        new DescribeAdapter()
                .run(folder)
                .forEach((name, fact) -> console.out().printf(Locale.ROOT, "%-13s  %s%n", name, fact));
    }

    /** Makes one model of an adapter and its base. */
    @Command(
            description = "Writes the base with the adapter in its weights: a model for transformers as well.",
            footerHeading = "%nExample:%n",
            footer = "  sqltune adapter merge outputs/demo/final_model --output outputs/demo/full_model")
    void merge(
            @Parameters(paramLabel = "FOLDER", description = "The adapter's folder, with PEFT's files.") Path adapter,
            @Option(names = "--output", paramLabel = "FOLDER", required = true, description = "Where the model goes.")
                    Path output,
            @Option(
                            names = {"--base-model", "--model"},
                            paramLabel = "MODEL",
                            description = "The base, if not the one that the adapter names.")
                    @Nullable
                    String baseModel,
            @Option(
                            names = "--max-shard-size",
                            paramLabel = "SIZE",
                            description = "Largest file, such as 5GB or 500MB (default: ${DEFAULT-VALUE}).",
                            defaultValue = "5GB",
                            converter = ByteSizeOption.class)
                    long maxShardBytes) {
        try (TaskDisplay tasks = new TaskDisplay(console)) {
            new MergeAdapter(workspace).run(new MergeAdapter.Request(adapter, baseModel, output, maxShardBytes), tasks);
        }
        console.out().println(output);
    }
}
