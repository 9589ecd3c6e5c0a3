package org.sqltune.cli;

import java.nio.file.Path;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.settings.DataSettings;
import org.sqltune.workflow.RunDataReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private VerificationOptions verification = new VerificationOptions();

    DataVerifyCommand(Console console, RunDataReader reader) {
        this.console = console;
        this.reader = reader;
    }

    @Override
    public void run() {
        DataSettings data = reader.located(options.load().data());
        Path path = data.path() == null ? data.trainFile() : data.path();
        if (path == null) {
            throw new SqlTuneException(
                    "Verify what? Name a data set and its place: data.dataset=spider data.path=spider");
        }
        verification.verify(console, data.dataset(), path);
    }
}
