package org.sqltune.cli.data;

import java.nio.file.Path;
import org.sqltune.core.SqlTuneException;
import org.sqltune.workflow.data.VerifyDataset;
import picocli.CommandLine.Option;

/** Where the summary of a verification goes, and how it is printed. */
final class SummaryOption {
    @Option(names = "--summary", paramLabel = "FILE", description = "Summary as JSON (default: ${DEFAULT-VALUE}).")
    private Path file = VerifyDataset.Request.DEFAULT_SUMMARY;

    Path file() {
        return file;
    }

    /**
     * Prints a table, and what is broken on standard error.
     *
     * @throws SqlTuneException if anything is broken or missing
     */
    static void print(DataUseCase command, VerifyDataset.Result result) {
        command.print(result.summarised());
        result.faults().forEach(command::printError);
        if (!result.verification().isWhole()) {
            throw new SqlTuneException(result.place() + " isn't whole: see the table and " + result.summary());
        }
    }
}
