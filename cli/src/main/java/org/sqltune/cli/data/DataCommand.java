package org.sqltune.cli.data;

import org.sqltune.cli.console.Console;
import org.sqltune.workflow.Workspace;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sqltune data}: what is done with data before training. */
@Command(
        name = "data",
        description = "Prepares, measures and writes out data.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DataDownloadCommand.class,
            DataVerifyCommand.class,
            DataPrepareCommand.class,
            DataStatsCommand.class,
            DataAuditCommand.class,
            DataConvertCommand.class,
            DataSynthesizeCommand.class,
            DataAugmentCommand.class,
            DataSplitCommand.class,
            DataDemoCommand.class,
            DataCorpusCommand.class
        })
public final class DataCommand implements Runnable {
    final Console console;
    final Workspace workspace;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private DataCommand(Console console, Workspace workspace) {
        this.console = console;
        this.workspace = workspace;
    }

    /** The command with all below it. */
    public static CommandLine with(Console console, Workspace workspace) {
        CommandLine data = new CommandLine(new DataCommand(console, workspace));
        data.getSubcommands()
                .values()
                .forEach(each -> each.getCommandSpec().usageMessage().footerHeading("%nExamples:%n"));
        return data;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "data what? " + String.join(", ", spec.subcommands().keySet()));
    }
}
