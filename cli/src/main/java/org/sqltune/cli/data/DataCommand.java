package org.sqltune.cli.data;

import java.util.stream.Stream;
import org.sqltune.cli.console.Console;
import org.sqltune.workflow.Workspace;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sqltune data}: what is done with data before training. */
@Command(name = "data", description = "Prepares, measures and writes out data.", synopsisSubcommandLabel = "COMMAND")
public final class DataCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private DataCommand() {}

    /** The command with all below it. */
    public static CommandLine with(Console console, Workspace workspace) {
        CommandLine data = new CommandLine(new DataCommand());
        Stream.of(
                        new DataDownloadCommand(console, workspace),
                        new DataVerifyCommand(console, workspace),
                        new DataPrepareCommand(console, workspace),
                        new DataStatsCommand(console, workspace),
                        new DataAuditCommand(console, workspace),
                        new DataConvertCommand(console, workspace),
                        new DataSynthesizeCommand(console, workspace),
                        new DataAugmentCommand(console, workspace),
                        new DataSplitCommand(console, workspace),
                        new DataDemoCommand(console, workspace),
                        new DataCorpusCommand(console, workspace))
                .forEach(data::addSubcommand);
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
