package org.sqltune.cli;

import java.nio.file.Path;
import org.sqltune.cli.console.Console;
import org.sqltune.synthesis.demo.DemoDatabases;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sqltune data demo}: takes the demo databases out of the jar. */
@Command(
        name = "demo",
        description = "Writes the five demo databases as SQL scripts, and as SQLite files if asked for.",
        footerHeading = "%nExample:%n",
        footer = "  sqltune data demo --sqlite")
final class DataDemoCommand implements Runnable {
    private final Console console;

    @Option(
            names = "--output-dir",
            paramLabel = "FOLDER",
            description = "Where the files go (default: ${DEFAULT-VALUE}).",
            defaultValue = "demo")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path outputDir;

    @Option(names = "--sqlite", description = "Write NAME/NAME.sqlite as well.")
    private boolean sqlite;

    DataDemoCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        DemoDatabases.writeScripts(outputDir).forEach(file -> console.out().println(file));
        if (sqlite) {
            DemoDatabases databases = new DemoDatabases(outputDir);
            databases.materialise();
            DemoDatabases.IDS.forEach(id -> console.out().println(databases.file(id)));
        }
    }
}
