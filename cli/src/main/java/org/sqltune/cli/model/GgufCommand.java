package org.sqltune.cli.model;

import java.nio.file.Path;
import org.sqltune.cli.console.Console;
import org.sqltune.deployment.gguf.GgufDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sqltune gguf}: looks at GGUF files. */
@Command(name = "gguf", description = "Looks at GGUF files.", synopsisSubcommandLabel = "COMMAND")
public final class GgufCommand {
    private final Console console;

    /** @param console gets the description */
    public GgufCommand(Console console) {
        this.console = console;
    }

    /** Prints what a file holds. */
    @Command(
            description = "Prints the keys and the tensors of a file, and whether it is whole.",
            footer = "  sqltune gguf info spider.gguf")
    void info(@Parameters(paramLabel = "FILE", description = "Any GGUF file.") Path file) {
        GgufDescription.of(file).forEach(console.out()::println);
    }
}
