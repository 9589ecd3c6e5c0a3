package org.sqltune.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sqltune.cli.console.Console;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.config.ConfigException;
import org.sqltune.core.config.settings.DataSettings.Dataset;
import org.sqltune.core.config.settings.DatasetOrigin;
import org.sqltune.core.config.settings.ModelSettings;
import org.sqltune.model.hub.FileSelection;
import org.sqltune.model.hub.ModelHub;
import org.sqltune.model.hub.client.RepositoryId;
import org.sqltune.model.hub.client.RepositoryRevision;
import org.sqltune.model.hub.client.RepositoryType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sqltune data download}: brings a known data set here, or says where it is to be had, and verifies it. */
@Command(
        name = "download",
        description = "Downloads a data set that the hub has into the cache, or says where to get one that has to be"
                + " fetched by hand and where to put it; then looks whether it is whole.",
        footerHeading = "%nExamples:%n",
        footer = {"  sqltune data download gretel", "  sqltune data download spider --path spider_data.zip"})
final class DataDownloadCommand implements Runnable {
    private final Console console;
    private final ModelHub hub;

    @Parameters(paramLabel = "DATASET", description = "Its name, as in data.dataset.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Dataset dataset;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Where its folder or archive is, if it was fetched by hand (default: data/DATASET).")
    private @Nullable Path path;

    @Mixin
    private VerificationOptions verification = new VerificationOptions();

    DataDownloadCommand(Console console, ModelHub hub) {
        this.console = console;
        this.hub = hub;
    }

    @Override
    public void run() {
        DatasetOrigin origin = DatasetOrigin.of(dataset)
                .orElseThrow(() -> new ConfigException(
                        "data download",
                        List.of(dataset.key() + " is nowhere to be fetched; there are " + published())));
        Path place = path == null ? Path.of("data", dataset.key()) : path;
        if (path == null && origin.isOnHub()) {
            RepositoryId repository = new RepositoryId(RepositoryType.DATASET, origin.hubName());
            place = hub.refresh(
                    new RepositoryRevision(repository, ModelSettings.MAIN_REVISION), FileSelection.EVERYTHING);
        } else if (!Files.exists(place)) {
            throw new SqlTuneException("No program may fetch " + dataset.key() + ": " + origin.howToGet("at " + place)
                    + "; then look whether it is whole: sqltune data verify data.dataset=" + dataset.key()
                    + " data.path=" + place);
        }
        verification.verify(console, dataset, place);
        console.out().println(place);
    }

    private static String published() {
        return Arrays.stream(Dataset.values())
                .filter(each -> DatasetOrigin.of(each).isPresent())
                .map(Dataset::key)
                .collect(Collectors.joining(", "));
    }
}
