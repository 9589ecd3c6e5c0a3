package org.sqltune.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sqltune data}: looks at data without training. */
@Command(name = "data", description = "Prepares, measures and writes out data.", synopsisSubcommandLabel = "COMMAND")
final class DataCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "data what? " + String.join(", ", spec.subcommands().keySet()));
    }
}
