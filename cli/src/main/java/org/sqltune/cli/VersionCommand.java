package org.sqltune.cli;

import org.sqltune.cli.console.Console;
import org.sqltune.workflow.LibraryVersions;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code sqltune version}: the same as {@code --version}. */
@Command(name = "version", description = "Prints the versions of SqlTune, of the platform and of the engine.")
final class VersionCommand implements Runnable {
    private final Console console;

    VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        LibraryVersions.read().lines().forEach(console.out()::println);
    }

    /** The same lines for {@code --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return LibraryVersions.read().lines().toArray(String[]::new);
        }
    }
}
