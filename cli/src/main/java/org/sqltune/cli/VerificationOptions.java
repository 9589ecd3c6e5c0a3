package org.sqltune.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.cli.console.Console;
import org.sqltune.cli.console.Tables;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.data.verify.DataVerifier;
import org.sqltune.data.verify.Verification;
import picocli.CommandLine.Option;

/** How a data set's files are looked through, for the commands that do so. */
final class VerificationOptions {
    @Option(
            names = "--summary",
            paramLabel = "FILE",
            description = "Where the summary goes (default: ${DEFAULT-VALUE}).")
    private Path summary = Path.of("download_summary.json");

    /**
     * Looks, prints a table and writes the summary.
     *
     * @param path the data set's folder, archive or only file
     * @throws SqlTuneException if anything is broken or missing; the summary is written all the same
     */
    void verify(Console console, Dataset dataset, Path path) {
        Verification verification = new DataVerifier(dataset).verify(path);
        console.out()
                .println(Tables.draw(List.of("File", "Rows", "Published", "Bytes", "SHA-256", ""), rows(verification)));
        int databases = verification.databases().databases();
        List<String> faults = verification.databases().faults();
        console.out()
                .println((databases - faults.size()) + " of " + databases + " databases can be read, with "
                        + verification.databases().tables() + " tables");
        verification.write(dataset.key(), summary);
        console.out().println(summary);
        List<String> broken = new ArrayList<>();
        verification.files().stream().filter(file -> file.faults() > 0).forEach(file -> broken.add(file.firstFault()));
        broken.addAll(faults);
        broken.forEach(fault -> console.err().println(fault));
        if (!verification.isWhole()) {
            throw new SqlTuneException(path + " isn't whole: see the table and " + summary);
        }
    }

    private static List<List<String>> rows(Verification verification) {
        return verification.files().stream()
                .map(file -> List.of(
                        file.file(),
                        String.valueOf(file.rows()),
                        file.publishedRows() == null ? "" : String.valueOf(file.publishedRows()),
                        String.valueOf(file.bytes()),
                        file.sha256().substring(0, 12),
                        file.faults() > 0
                                ? file.faults() + " broken"
                                : file.isWhole() ? "whole" : "other number of rows"))
                .toList();
    }
}
