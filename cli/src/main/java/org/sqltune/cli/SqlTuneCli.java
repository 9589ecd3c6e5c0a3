package org.sqltune.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.ExitCodes;
import org.sqltune.cli.data.DataCommand;
import org.sqltune.cli.deploy.DeployCommand;
import org.sqltune.cli.deploy.PublishCommand;
import org.sqltune.cli.deploy.TestDeploymentCommand;
import org.sqltune.cli.eval.CompareCommand;
import org.sqltune.cli.eval.EvalCommand;
import org.sqltune.cli.infer.InferCommand;
import org.sqltune.cli.model.AdapterCommand;
import org.sqltune.cli.model.ConfigCommand;
import org.sqltune.cli.model.ExportCommand;
import org.sqltune.cli.model.GgufCommand;
import org.sqltune.cli.train.AdaptCommand;
import org.sqltune.cli.train.EstimateCommand;
import org.sqltune.cli.train.Interruption;
import org.sqltune.cli.train.TrainCommand;
import org.sqltune.core.config.ConfigException;
import org.sqltune.model.hub.client.HubSettings;
import org.sqltune.workflow.FailureLine;
import org.sqltune.workflow.UserCache;
import org.sqltune.workflow.Workspace;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands under one roof: wires them up, runs one, and turns every failure into one line and an exit code. */
final class SqlTuneCli {
    /** Columns of the help; on a terminal, as many as it has. */
    private static final int HELP_WIDTH = 120;

    private final Console console;
    private final RootCommand root;
    private final CommandLine commands;
    private final Workspace workspace;

    /** @param hubSettings which hub and as whom; asked for when a hub is needed */
    SqlTuneCli(Console console, UserCache cache, Supplier<HubSettings> hubSettings) {
        this.console = console;
        workspace = new Workspace(cache, hubSettings, console::downloads);
        root = new RootCommand(console, workspace);
        commands = new CommandLine(root)
                .addSubcommand(new TrainCommand(console, workspace))
                .addSubcommand(new AdaptCommand(console, workspace))
                .addSubcommand(new EstimateCommand(console, workspace))
                .addSubcommand(new EvalCommand(console, workspace))
                .addSubcommand(new CompareCommand(console))
                .addSubcommand(new InferCommand(console, workspace))
                .addSubcommand(DataCommand.with(console, workspace))
                .addSubcommand(new AdapterCommand(console, workspace))
                .addSubcommand(new ExportCommand(console, workspace))
                .addSubcommand(new GgufCommand(console))
                .addSubcommand(new ConfigCommand(console))
                .addSubcommand(new DeployCommand(console, workspace))
                .addSubcommand(new TestDeploymentCommand(console, workspace))
                .addSubcommand(new PublishCommand(console, workspace))
                .addSubcommand(new VersionCommand(console))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setParameterExceptionHandler(this::reportMisuse)
                .setExecutionExceptionHandler((failure, command, parsed) -> reportFailure(failure))
                .setExecutionStrategy(this::execute);
    }

    /** Runs the command that the arguments name and returns the exit code. */
    int run(String... arguments) {
        try (workspace) {
            return commands.execute(declared(arguments));
        } catch (Error e) {
            return reportFailure(e);
        }
    }

    /**
     * Reads the arguments as {@link #run} does, but runs no command.
     *
     * @throws ParameterException if they aren't understood
     */
    void check(String... arguments) {
        commands.parseArgs(declared(arguments));
    }

    private static String[] declared(String... arguments) {
        return ArgumentSpelling.normalize(List.of(arguments)).toArray(String[]::new);
    }

    private int execute(ParseResult parsed) {
        if (root.verbose()) {
            ((Logger) LoggerFactory.getLogger("org.sqltune")).setLevel(Level.DEBUG);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private int reportMisuse(ParameterException misuse, String[] arguments) {
        console.err().println("sqltune: " + String.valueOf(misuse.getMessage()).replaceFirst("^Error: ", ""));
        UnmatchedArgumentException.printSuggestions(misuse, writer(console.err()));
        console.err().println("Try '" + misuse.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCodes.MISUSE;
    }

    private int reportFailure(Throwable failure) {
        console.err().println("sqltune: " + FailureLine.of(failure));
        if (root.verbose()) {
            failure.printStackTrace(console.err());
        }
        if (failure instanceof Interruption.Interrupted interruption) {
            return interruption.exitCode();
        }
        return failure instanceof ConfigException ? ExitCodes.MISUSE : ExitCodes.FAILED;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
