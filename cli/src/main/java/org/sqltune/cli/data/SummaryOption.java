package org.sqltune.cli.data;

import java.nio.file.Path;
import java.util.List;
import org.sqltune.cli.console.Tables;
import org.sqltune.core.SqlTuneException;
import org.sqltune.data.verify.Verification;
import org.sqltune.data.verify.Verification.VerifiedFile;
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
        Verification found = result.verification();
        command.print(Tables.draw(
                List.of("File", "Rows", "Published", "Bytes", "SHA-256", ""),
                found.files().stream().map(SummaryOption::row).toList()));
        int databases = found.databases().databases();
        int readable = databases - found.databases().faults().size();
        command.print(readable + " of " + databases + " databases can be read, with "
                + found.databases().tables() + " tables");
        command.print(result.summary());
        result.faults().forEach(command::printError);
        if (!found.isWhole()) {
            throw new SqlTuneException(result.place() + " isn't whole: see the table and " + result.summary());
        }
    }

    private static List<String> row(VerifiedFile file) {
        return List.of(
                file.file(),
                String.valueOf(file.rows()),
                file.publishedRows() == null ? "" : String.valueOf(file.publishedRows()),
                String.valueOf(file.bytes()),
                file.sha256().substring(0, 12),
                file.faults() > 0 ? file.faults() + " broken" : file.isWhole() ? "whole" : "other number of rows");
    }
}
