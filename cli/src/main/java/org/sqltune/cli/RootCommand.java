package org.sqltune.cli;

import org.sqltune.cli.console.Console;
import org.sqltune.cli.model.ModelCommands;
import org.sqltune.workflow.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** What {@code sqltune} says without a command. */
@Command(
        name = "sqltune",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Fine-tunes, evaluates and runs text-to-SQL language models on the JVM.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong arguments or configuration; nothing was begun"})
final class RootCommand extends ModelCommands implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log in detail and show the stack trace of a failure.")
    private boolean verbose;

    RootCommand(Console console, Workspace workspace) {
        super(console, workspace);
    }

    /** Whether details are asked for. */
    boolean verbose() {
        return verbose;
    }

    @Override
    public void run() {
        String commands = String.join(", ", spec.subcommands().keySet());
        throw new ParameterException(spec.commandLine(), "which command? " + commands);
    }
}
