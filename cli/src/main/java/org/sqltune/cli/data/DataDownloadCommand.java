package org.sqltune.cli.data;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.workflow.data.DownloadDataset;
import org.sqltune.workflow.data.VerifyDataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sqltune data download}: brings a known data set here, or says where to get it, and verifies it. */
@Command(
        name = "download",
        description = "Downloads a data set that the hub has into the cache, or says where to get one that has to be"
                + " fetched by hand and where to put it; then looks whether it is whole.",
        footer = {"  sqltune data download gretel", "  sqltune data download spider --path spider_data.zip"})
final class DataDownloadCommand extends DataUseCase implements Runnable {
    @Parameters(paramLabel = "DATASET", converter = DatasetName.class, description = "Its name, as in data.dataset.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dataset dataset;

    @Option(names = "--path", paramLabel = "PATH", description = "Where it was put (default: data/DATASET).")
    private @Nullable Path path;

    @Mixin
    private SummaryOption summary = new SummaryOption();

    DownloadDataset.Request request() {
        return new DownloadDataset.Request(dataset, path, summary.file());
    }

    @Override
    public void run() {
        VerifyDataset.Result result = run(request(), new DownloadDataset(workspace())::run);
        SummaryOption.print(this, result);
        print(result.place());
    }
}
