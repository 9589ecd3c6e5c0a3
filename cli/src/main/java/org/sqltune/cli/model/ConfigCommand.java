package org.sqltune.cli.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.TaskDisplay;
import org.sqltune.workflow.config.ImportConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sqltune config}: configurations. */
@Command(name = "config", description = "Reads other projects' configurations.", synopsisSubcommandLabel = "COMMAND")
public final class ConfigCommand {
    private final Console console;

    /** @param console gets the configuration */
    public ConfigCommand(Console console) {
        this.console = console;
    }

    /** Prints or writes another project's configuration as one of SqlTune's. */
    @Command(
            name = "import",
            description = "Turns another project's YAML into SqlTune's, and says what became of each key.",
            footerHeading = "%nExample:%n",
            footer = "  sqltune config import config.yaml --output sqltune.yaml")
    void imports(
            @Parameters(paramLabel = "FILE", description = "Its configuration.") Path file,
            @Option(names = "--output", paramLabel = "FILE", description = "For the result (default: printed).")
                    @Nullable
                    Path output) {
        try (TaskDisplay tasks = new TaskDisplay(console)) {
            ImportConfig.Result result = new ImportConfig().run(file, output, tasks);
            if (output == null) {
                console.out().print(result.text());
            } else {
                console.print(result.summary());
            }
        }
    }
}
