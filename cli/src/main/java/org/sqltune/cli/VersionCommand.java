package org.sqltune.cli;

import org.sqltune.cli.console.Console;
import picocli.CommandLine.Command;

/** {@code sqltune version}: the same as {@code --version}. */
@Command(name = "version", description = "Prints the versions of SqlTune, of the platform and of the engine.")
final class VersionCommand implements Runnable {
    private final Console console;

    VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        for (String line : new BuildVersion().getVersion()) {
            console.out().println(line);
        }
    }
}
