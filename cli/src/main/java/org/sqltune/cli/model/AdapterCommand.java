package org.sqltune.cli.model;

import org.sqltune.cli.console.Console;
import org.sqltune.workflow.Workspace;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sqltune adapter}: looks at adapters and merges them. */
@Command(
        name = "adapter",
        description = "Describes an adapter, or merges it into its base.",
        synopsisSubcommandLabel = "COMMAND")
public final class AdapterCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private AdapterCommand() {}

    /** The command with all below it. */
    public static CommandLine with(Console console, Workspace workspace) {
        return new CommandLine(new AdapterCommand())
                .addSubcommand(new AdapterInfoCommand(console))
                .addSubcommand(new AdapterMergeCommand(console, workspace));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "adapter what? " + String.join(", ", spec.subcommands().keySet()));
    }
}
