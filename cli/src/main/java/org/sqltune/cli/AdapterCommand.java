package org.sqltune.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sqltune adapter}: looks at adapters and merges them. */
@Command(
        name = "adapter",
        description = "Describes an adapter, or merges it into its base.",
        synopsisSubcommandLabel = "COMMAND")
final class AdapterCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "adapter what? " + String.join(", ", spec.subcommands().keySet()));
    }
}
