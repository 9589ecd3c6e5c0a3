package org.sqltune.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.DataSettings;
import org.sqltune.data.verify.DataVerifier;
import org.sqltune.data.verify.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sqltune data verify}: whether a data set's files are whole. */
@Command(
        name = "verify",
        description =
                "Reads every file of a data set to its end, compares the number of rows with the published one, opens"
                        + " every database, and writes what it found, with checksums. Fails if anything is broken.",
        footerHeading = "%nExample:%n",
        footer = "  sqltune data verify data.dataset=spider data.path=spider")
final class DataVerifyCommand implements Runnable {
    private final Console console;
    private final RunDataReader reader;

    @Mixin
    private DataOptions options = new DataOptions();

    @Option(
            names = "--summary",
            paramLabel = "FILE",
            description = "Where the summary goes (default: ${DEFAULT-VALUE}).",
            defaultValue = "download_summary.json")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path summary;

    DataVerifyCommand(Console console, RunDataReader reader) {
        this.console = console;
        this.reader = reader;
    }

    @Override
    public void run() {
        DataSettings data = reader.located(options.load().data());
        Path path = data.path() == null ? data.trainFile() : data.path();
        verify(console, data.dataset(), path, summary);
    }

    /** Looks, prints a table and writes the summary. */
    static void verify(Console console, DataSettings.Dataset dataset, @Nullable Path path, Path summary) {
        if (path == null) {
            throw new SqlTuneException(
                    "Verify what? Name a data set and its place: data.dataset=spider data.path=spider");
        }
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
