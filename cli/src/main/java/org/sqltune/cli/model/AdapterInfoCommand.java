package org.sqltune.cli.model;

import java.nio.file.Path;
import java.util.Locale;
import org.sqltune.cli.console.Console;
import org.sqltune.workflow.model.DescribeAdapter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sqltune adapter info}: what an adapter's files say of it. */
@Command(
        name = "info",
        description = "Prints an adapter's kind, rank, base and size. The base needn't be there.",
        footerHeading = "%nExample:%n",
        footer = "  sqltune adapter info outputs/demo/final_model")
final class AdapterInfoCommand implements Runnable {
    private final Console console;

    @Parameters(paramLabel = "FOLDER", description = "The adapter's folder, with PEFT's files.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path folder;

    AdapterInfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        new DescribeAdapter()
                .run(folder)
                .forEach((name, fact) -> console.out().printf(Locale.ROOT, "%-13s  %s%n", name, fact));
    }
}
