package org.sqltune.cli.data;

import java.nio.file.Path;
import org.sqltune.workflow.data.WriteDemo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sqltune data demo}: takes the demo databases out of the jar. */
@Command(
        name = "demo",
        description = "Writes the five demo databases as SQL scripts, and as SQLite files if asked for.",
        footer = "  sqltune data demo --sqlite")
final class DataDemoCommand extends DataUseCase implements Runnable {
    @Option(names = "--output-dir", paramLabel = "FOLDER", description = "For the files (default: ${DEFAULT-VALUE}).")
    private Path outputDir = WriteDemo.Request.DEFAULT_OUTPUT_DIR;

    @Option(names = "--sqlite", description = "Write NAME/NAME.sqlite as well.")
    private boolean sqlite;

    WriteDemo.Request request() {
        return new WriteDemo.Request(outputDir, sqlite);
    }

    @Override
    public void run() {
        WriteDemo.Result result = run(request(), new WriteDemo()::run);
        result.scripts().forEach(this::print);
        result.databases().forEach(this::print);
    }
}
