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
        for (String line : lines()) {
            console.out().println(line);
        }
    }

    /** The same lines for {@code --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return lines();
        }
    }

    private static String[] lines() {
        LibraryVersions build = LibraryVersions.read();
        return new String[] {
            "SqlTune " + build.of("sqltune"),
            "Platform: " + platform(),
            "Engine: DJL " + build.of("djl") + ", PyTorch " + build.of("pytorch") + " (" + build.of("pytorch.native")
                    + ", " + build.of("pytorch.platform") + ")"
        };
    }

    private static String platform() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", Java "
                + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
    }
}
