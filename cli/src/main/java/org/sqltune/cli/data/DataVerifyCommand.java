package org.sqltune.cli.data;

import java.util.List;
import org.sqltune.workflow.data.VerifyDataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sqltune data verify}: whether a data set's files are whole. */
@Command(
        name = "verify",
        description =
                "Reads every file of a data set to its end, compares the number of rows with the published one, opens"
                        + " every database, and writes what it found, with checksums. Fails if anything is broken.",
        footer = "  sqltune data verify data.dataset=spider data.path=spider")
final class DataVerifyCommand extends DataUseCase implements Runnable {
    @Mixin
    private ConfigFileOptions config = new ConfigFileOptions();

    @Mixin
    private SummaryOption summary = new SummaryOption();

    VerifyDataset.Request request() {
        return new VerifyDataset.Request(config.load(List.of()).data(), summary.file());
    }

    @Override
    public void run() {
        SummaryOption.print(this, run(request(), new VerifyDataset(workspace())::run));
    }
}
